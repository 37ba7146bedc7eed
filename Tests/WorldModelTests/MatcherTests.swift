// MatcherTests: matchers as people type them, and what they hold for.
import Events
import TestKit
import Testing
import WorldModel

struct MatcherTests {
    @Test(arguments: [
        ("a=b", #"a="b""#),
        (#"a="b""#, #"a="b""#),
        (#" a != "b" "#, #"a!="b""#),
        ("a=~x|y,b!~z", #"a=~"x|y" b!~"z""#),
        (#"{a="b",c=~"d",}"#, #"a="b" c=~"d""#),
        (#""foo bar"="baz""#, #""foo bar"="baz""#),
        ("方案.x/y=二", #"方案.x/y="二""#),
        (#"a="q\"\\\n,}""#, #"a="q\"\\\n,}""#),
        (#"code=~"5\d+""#, #"code=~"5\\d+""#),
        ("a=", #"a="""#),
        ("summary=it is slow , b=c", #"summary="it is slow" b="c""#),
        (#"code=~5\d{2,3},b=c"#, #"code=~"5\\d{2,3}" b="c""#),
        ("{code=~5[0-9]{2}}", #"code=~"5[0-9]{2}""#),
    ])
    func `what is typed is read, and written so that it reads the same`(
        text: String, expected: String
    ) throws {
        let matchers = try MatcherSet(parsing: text).matchers
        #expect(matchers.map(\.description).joined(separator: " ") == expected)
        let written = matchers.map(\.description).joined(separator: ",")
        #expect(try LabelMatcher.parse(written) == matchers)
    }

    @Test(arguments: [
        ("", "column 1: a label's name should stand here"),
        ("{}", "column 2: a label's name should stand here"),
        ("=b", "column 1: a label's name should stand here"),
        (#"""="b""#, "column 1: a label's name should stand here"),
        ("cart", "column 5: one of =, !=, =~ and !~ should stand here"),
        ("a<b", "column 4: one of =, !=, =~ and !~ should stand here"),
        ("a==b", "column 3: a value that begins so should stand in double quotes"),
        ("a='b'", "column 3: a value that begins so should stand in double quotes"),
        ("a=b c=d", "column 6: a comma is missing before this, or quotes around the value"),
        (#"a=b"c"#, #"column 4: a quotation mark within a value should be escaped: \""#),
        (#"a="b"#, "column 3: this quotation mark has no second one"),
        (#"a="b\"#, "column 3: this quotation mark has no second one"),
        (#"a="b";c="d""#, "column 6: a comma should stand here"),
        (#"a="b"}"#, "column 6: this } closes nothing"),
        ("a=b}", "column 4: this } closes nothing"),
        ("a=~b{2", "column 5: this { has no }"),
        (#"{a="b""#, "column 7: a comma or } should stand here"),
        ("a=b,,c=d", "column 5: a label's name should stand here"),
    ])
    func `what is no matcher is refused with the place`(text: String, expected: String) {
        let error = #expect(throws: MatcherError.self) { try LabelMatcher.parse(text) }
        #expect(error?.description == "matcher \(text), \(expected)")
    }

    @Test func `a pattern that cannot be compiled is refused when it is read`() {
        let error = #expect(throws: MatcherError.self) { try MatcherSet(parsing: "a=~(b") }
        #expect(
            error?.description
                == #"matcher a=~(b: "(b" is no regular expression: missing ): (b"#)
    }

    @Test(arguments: [
        ("service=cart", true), ("service=car", false), ("service=~ca.t|pay", true),
        ("service=~ca", false), ("service!=pay,zone=eu", true), ("service!~c.*", false),
        ("rack=", true), ("zone=", false), ("rack!=a", true), ("rack=~.*", true),
        ("rack=~.+", false),
    ])
    func `all of them must hold, for whole values, and what is absent is empty`(
        text: String, expected: Bool
    ) throws {
        let labels = Labels(["service": "cart", "zone": "eu"])
        #expect(try MatcherSet(parsing: text).matches(labels) == expected)
    }
}
