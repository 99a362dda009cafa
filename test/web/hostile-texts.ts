/** Texts that would be more than text where somebody forgot to escape them, or that deceive the eye. */
export const hostileTexts = [
  "<script>alert(1)</script>",
  "</title><script>alert(1)</script>",
  "</main></body></html><h1>Signed off</h1>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "` onfocus=alert(1) autofocus x=`",
  "<svg/onload=alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'>",
  "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
  "<!-- --><b>bold</b>",
  "<!--><script>alert(1)</script>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "]]></script><script>alert(1)</script>",
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "&#60;script&#62;",
  "javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "<a href='javascript:alert(1)'>click</a>",
  "<base href='https://evil.example/'>",
  "<meta http-equiv=refresh content='0;url=https://evil.example'>",
  "<link rel=stylesheet href=https://evil.example/x.css>",
  "<form action=https://evil.example><button>Approve</button></form>",
  "<style>*{display:none}</style>",
  "<plaintext>",
  "<textarea>",
  "{{constructor.constructor('alert(1)')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text itself
  "${alert(1)}",
  "$& $1 $` $'",
  "passed \u202e detset ton",
  "zero\u200bwidth and \u2066isolated\u2069 text",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link",
  "line one\r\nSet-Cookie: x=y\r\n\r\nline two",
  "nul \u0000 in the middle",
  "lone \ud800 surrogate",
  "[link](javascript:alert(1)) ![x](https://evil.example/x.png)",
];

/** Every tag of a page with the names of its attributes: what the page is made of, whatever its texts are. */
export function skeletonOf(html: string): string[] {
  return [...html.matchAll(/<(?<tag>!?\/?[a-z][^\s/>]*)(?<rest>(?:"[^"]*"|[^">])*)>/gi)].map(
    ({ groups }) => `${groups?.tag} ${(groups?.rest ?? "").replace(/"[^"]*"/g, '""')}`,
  );
}
