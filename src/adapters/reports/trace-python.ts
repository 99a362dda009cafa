/**
 * Python imports a `sitecustomize` that it finds by PYTHONPATH before anything else. This one writes down each line of the
 * wanted files when it is first run, at once, so that no end of a process can lose it; and once for each file the lines
 * that Python has code for. Then it lets the machine's own `sitecustomize` have its turn. Whoever else traces is told by `!`.
 */
export const pythonTracer = `
import os, sys

def _begin():
    import json, threading, atexit
    order = json.loads(os.environ["DRAFTHORSE_TRACE"])
    root, out = order["root"] + os.sep, order["out"]
    wanted, seen, known = set(order["files"]), set(), {}
    os.makedirs(out, exist_ok=True)
    where = {}

    def write(text):
        pid = os.getpid()
        if pid not in where:
            where[pid] = os.open(os.path.join(out, "%d.lines" % pid), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.write(where[pid], text.encode("utf-8", "replace"))

    def name(file):
        if file not in known:
            full = os.path.abspath(file)
            short = full[len(root):] if full.startswith(root) and not file.startswith("<") else None
            known[file] = short
            if short and "site-packages" not in short:
                write("@%s\\n" % short)
                if short in wanted:
                    tell(short, full)
        return known[file]

    def tell(short, full):
        try:
            with open(full, "rb") as opened:
                codes = [compile(opened.read(), full, "exec")]
        except Exception:
            return write("!\\n")
        lines = set()
        while codes:
            code = codes.pop()
            codes.extend(each for each in code.co_consts if hasattr(each, "co_consts"))
            if hasattr(code, "co_lines"):
                lines.update(line for _, _, line in code.co_lines() if line)
            else:
                import dis
                lines.update(line for _, line in dis.findlinestarts(code))
        write("=%s:%s\\n" % (short, ",".join(map(str, sorted(lines)))))

    def local(frame, event, arg):
        if event == "line":
            at = (frame.f_code.co_filename, frame.f_lineno)
            if at not in seen:
                seen.add(at)
                write("+%s:%d\\n" % (name(at[0]), at[1]))
        return local

    def called(frame, event, arg):
        return local if name(frame.f_code.co_filename) in wanted else None

    def check():
        if sys.gettrace() is not called:
            write("!\\n")

    threading.settrace(called)
    sys.settrace(called)
    atexit.register(check)

def _leave():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [each for each in sys.path if os.path.abspath(each or ".") != here]
    sys.modules.pop("sitecustomize", None)
    try:
        import sitecustomize
    except ImportError:
        pass

if "DRAFTHORSE_TRACE" in os.environ:
    try:
        _begin()
    except Exception:
        pass
_leave()
`;
