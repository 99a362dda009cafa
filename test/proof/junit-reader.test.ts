import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { junitReader } from "../../src/proof/counts/junit-reader.ts";

const reports = resolve(import.meta.dirname, "../../../test/fixtures/reports");

/** Reads a report in pieces of a size, as it comes from the disk. */
function readJUnit(bytes: Buffer, size = 64 * 1024) {
  const reader = junitReader();
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  return reader.end();
}

const read = (text: string) => readJUnit(Buffer.from(text));
const counted = (text: string) => Object.values(typeof read(text) === "string" ? [] : read(text));

describe("a report that a runner wrote", () => {
  test.each([
    // jest-junit 17 writes what is to do as passed, mocha-junit-reporter 2 leaves out what is skipped.
    ["jest", [3, 1, 1]],
    ["vitest", [2, 1, 2]],
    ["mocha", [2, 1, 0]],
    ["node", [3, 1, 2]],
    ["pytest", [4, 2, 2]],
  ])("%s", (runner, [passed, failed, skipped]) => {
    expect(readJUnit(readFileSync(`${reports}/${runner}.xml`))).toEqual({ passed, failed, skipped });
  });
});

const suite = (cases: string, attributes = "") => `<testsuite ${attributes}>${cases}</testsuite>`;

describe("a report in the manner of", () => {
  test.each([
    [
      "Gradle",
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="shop.CartTest" tests="3" skipped="1" failures="1" errors="0" timestamp="2026-11-21T08:00:00" hostname="ci" time="0.021">
  <properties/>
  <testcase name="adds()" classname="shop.CartTest" time="0.01"/>
  <testcase name="fails()" classname="shop.CartTest" time="0.01"><failure message="no" type="java.lang.AssertionError">at shop.CartTest</failure></testcase>
  <testcase name="later()" classname="shop.CartTest" time="0.0"><skipped/></testcase>
  <system-out><![CDATA[<testcase name="a lie"/>]]></system-out><system-err/>
</testsuite>`,
      [1, 1, 1],
    ],
    [
      "Maven's Surefire, where one test passed when it was run again and one did not",
      `<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd" version="3.0.2" name="shop.CartTest" tests="3" errors="0" skipped="0" failures="1" flakes="1">
  <properties><property name="java.version" value="21"/></properties>
  <testcase name="adds" classname="shop.CartTest" time="0.01"/>
  <testcase name="flakes" classname="shop.CartTest" time="0.01"><flakyFailure message="once" type="E"><stackTrace>x</stackTrace></flakyFailure></testcase>
  <testcase name="fails" classname="shop.CartTest" time="0.01"><failure type="E">x</failure><rerunFailure type="E"><stackTrace>x</stackTrace></rerunFailure></testcase>
</testsuite>`,
      [2, 1, 0],
    ],
    [
      "go-junit-report, with a package that does not compile",
      `<testsuites tests="4" failures="1" errors="1" skipped="1">
	<testsuite name="shop/cart" tests="3" failures="1" errors="0" skipped="1" id="0">
		<testcase name="TestAdds" classname="shop/cart" time="0.000"></testcase>
		<testcase name="TestFails" classname="shop/cart" time="0.000"><failure message="Failed"><![CDATA[    cart_test.go:9: no]]></failure></testcase>
		<testcase name="TestLater" classname="shop/cart" time="0.000"><skipped message="Skipped"></skipped></testcase>
	</testsuite>
	<testsuite name="shop/till" tests="1" errors="1" id="1">
		<testcase name="[build failed]" classname="shop/till" time="0.000"><error message="Build error"></error></testcase>
	</testsuite>
</testsuites>`,
      [1, 2, 1],
    ],
    [
      "cargo nextest",
      `<testsuites name="nextest-run" tests="3" failures="1" errors="0" uuid="u" timestamp="t" time="0.1">
    <testsuite name="shop" tests="3" disabled="0" errors="0" failures="1">
        <testcase name="cart::adds" classname="shop" timestamp="t" time="0.01"></testcase>
        <testcase name="cart::flakes" classname="shop"><flakyFailure timestamp="t" time="0" message="m" type="test failure"><system-out>o</system-out></flakyFailure></testcase>
        <testcase name="cart::fails" classname="shop"><failure message="panicked" type="test failure with exit code 101">thread 'cart::fails' panicked</failure><system-err>e</system-err></testcase>
    </testsuite>
</testsuites>`,
      [2, 1, 0],
    ],
    [
      "PHPUnit, with suites in suites and totals that repeat each other",
      `<testsuites><testsuite name="" tests="4" assertions="3" errors="1" warnings="1" failures="1" skipped="1">
  <testsuite name="unit" tests="4" errors="1" failures="1" skipped="1"><testsuite name="CartTest" file="/app/CartTest.php" tests="4">
    <testcase name="testAdds" class="CartTest" classname="CartTest" assertions="1"/>
    <testcase name="testFails" class="CartTest" classname="CartTest"><failure type="ExpectationFailedException">no</failure></testcase>
    <testcase name="testThrows" class="CartTest" classname="CartTest"><error type="Error">no</error></testcase>
    <testcase name="testLater" class="CartTest" classname="CartTest"><skipped/></testcase>
  </testsuite></testsuite>
</testsuite></testsuites>`,
      [1, 2, 1],
    ],
    [
      "CTest",
      suite(
        `<testcase name="a" status="run"/><testcase name="b" status="fail"><failure message=""/></testcase><testcase name="c" status="disabled"/><testcase name="d" status="notrun"><skipped message="SKIP"/></testcase>`,
      ),
      [1, 1, 2],
    ],
    [
      "GoogleTest",
      suite(
        `<testcase name="a" status="run" result="completed"/><testcase name="b" status="notrun" result="suppressed"/>`,
      ),
      [1, 0, 1],
    ],
    ["one whose totals lie", suite(`<testcase name="a"/>`, `tests="412" failures="0"`), [1, 0, 0]],
    [
      "one case that failed twice",
      suite(`<testcase><failure/><error/><skipped/></testcase><testcase><skipped/><failure/></testcase>`),
      [0, 2, 0],
    ],
    ["one where nothing ran", `<testsuites name="jest tests" tests="0"/>`, [0, 0, 0]],
    [
      "one with a mark and signs of terminals",
      `\ufeff${suite(`<testcase><failure message="\u001b[31m&#27;no&nbsp;"/></testcase>`)}`,
      [0, 1, 0],
    ],
    [
      "one with names of JavaScript's own",
      suite(`<testcase __proto__="1"><constructor/></testcase>`),
      [1, 0, 0],
    ],
  ])("%s", (_, text, expected) => {
    expect(counted(text)).toEqual(expected);
  });

  test("one whose letters are cut between two pieces", () => {
    const text = suite(`<testcase name="größe 結果"><failure message="é"/></testcase><testcase/>`);

    expect(readJUnit(Buffer.from(text), 3)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  test("one in UTF-16", () => {
    const text = `\ufeff<?xml version="1.0" encoding="UTF-16"?>${suite(`<testcase name="é"/>`)}`;

    expect(readJUnit(Buffer.from(text, "utf16le"))).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });
});

const mebibyte = 1024 * 1024;
const laughs = Array.from({ length: 30 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);

describe("what is no report that can be counted", () => {
  test.each([
    ["coverage", `<coverage line-rate="1"><testcase/></coverage>`, "foreign"],
    ["an HTML page", "<!DOCTYPE html><html></html>", "foreign"],
    ["no XML", "all is well", "foreign"],
    ["nothing", "", "foreign"],
    ["an unclosed one", `<testsuite><testcase name="a"/>`, "broken"],
    ["one that is crossed", `<testsuite><testcase></testsuite></testcase>`, "broken"],
    ["one followed by another", `${suite("<testcase/>")}${suite("<testcase/>")}`, "broken"],
    ["one of totals alone", suite("", `tests="12" failures="3"`), "broken"],
    [
      "a thousand million laughs",
      `<!DOCTYPE t [<!ENTITY l0 "ha">${laughs.join("")}]>${suite("<testcase>&l30;</testcase>")}`,
      "foreign",
    ],
    [
      "a file of the host",
      `<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>${suite("<testcase>&x;</testcase>")}`,
      "foreign",
    ],
    [
      "one of a hundred suites deep",
      `${"<testsuite>".repeat(100)}<testcase/>${"</testsuite>".repeat(100)}`,
      "broken",
    ],
    ["one of a million elements deep", `<testsuite>${"<a>".repeat(mebibyte)}`, "broken"],
    [
      "one of very many attributes",
      `<testsuite><testcase ${Array.from({ length: 100_000 }, (_, at) => `a${at}=""`).join(" ")}/>`,
      "broken",
    ],
    ["one of a million references to nothing", `<testsuite>${"&x;".repeat(mebibyte)}</testsuite>`, "broken"],
    ["an attribute without an end", `<testsuite name="${"x".repeat(8 * mebibyte)}`, "foreign"],
  ])("%s", (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test("a name of 7 MiB is read like any other, and kept by nobody", () => {
    expect(counted(suite(`<testcase name="${"x".repeat(7 * mebibyte)}"/>`))).toEqual([1, 0, 0]);
  });
});
