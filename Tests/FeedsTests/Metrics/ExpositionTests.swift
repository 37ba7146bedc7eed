// ExpositionTests: what is read from an exposition, and what is refused as in Prometheus.
import Events
import Feeds
import TestKit
import Testing

struct ExpositionTests {
    @Test(arguments: [
        ("a 1\n", "a 1"),
        ("a 1", "a 1"),
        ("\n\n  a\t 1  \n\n", "a 1"),
        ("a:b_2{} -1.5e-7", "a:b_2 -1.5e-07"),
        ("a{b=\"c\"} 1 1700000000123", "a{b=\"c\"} 1 @1700000000123"),
        ("a { b = \"c\" , d=\"e\" , } 3   ", "a{b=\"c\",d=\"e\"} 3"),
        ("a{b=\"c\" d=\"e\"}1", "a{b=\"c\",d=\"e\"} 1"),
        ("a{z=\"1\",b=\"2\"} 1", "a{b=\"2\",z=\"1\"} 1"),
        ("a{b=\"\"} 1", "a 1"),
        ("a{b=\"x{y}=,# \"} 1", "a{b=\"x{y}=,# \"} 1"),
        (#"a{b="\\ \" \n \t"} 1"#, "a{b=\"\\ \" \n \\t\"} 1"),
        ("a{b=\"two\nlines\"} 1", "a{b=\"two\nlines\"} 1"),
        ("a NaN\nb +Inf\nc -inf\nd .5\ne 5.\nf 1e3", "a nan\nb inf\nc -inf\nd 0.5\ne 5\nf 1000"),
        ("a 18446744073709551615", "a 1.8446744073709552e+19"),
        ("a 0.1\nb 123456.789\nc -0.000123", "a 0.1\nb 123456.789\nc -0.000123"),
        ("", ""), ("\n", ""), ("# any words\n#\n#a\n# HELPa b\n", ""),
        ("# HELP a text \\\\ and \\n\n# TYPE a counter\na 1", "a 1"),
        ("# HELP a\n# TYPE a untyped\na 1", "a 1"),
        ("# TYPE \"a.b\" gauge\n{\"a.b\",\"l.m\"=\"v\",n=\"w\"} 1", "a.b{l.m=\"v\",n=\"w\"} 1"),
        ("{\"a b\"} 1\n{c=\"d\",\"e\"} 2", "a b 1\ne{c=\"d\"} 2"),
        (#"{"a\"b\\"} 1"#, "a\"b\\ 1"),
    ])
    func `the text format is read with Prometheus' tolerance`(text: String, expected: String) {
        #expect(samples(text) == expected)
    }

    @Test(arguments: [
        ("a", #"line 1: expected value after metric, got "\n" ("INVALID") while parsing: "a\n""#),
        (
            "a{b='c'} 1\n",
            #"line 1: expected label value, got "'" ("INVALID") while parsing: "a{b='""#
        ),
        (
            "a{b=\n",
            #"line 1: expected label value, got "\n" ("INVALID") while parsing: "a{b=\n""#
        ),
        (
            "a 1\na{=\"\"} 0",
            #"line 2: expected label name, got "=\"" ("EQUAL") while parsing: "a{=\"""#
        ),
        ("a{b} 1", #"line 1: metric name already set while parsing: "a{b}""#),
        ("{b} 1", #"line 1: expected equal, got "} " ("BCLOSE") while parsing: "{b} ""#),
        (
            "a true",
            #"line 1: strconv.ParseFloat: parsing "true": invalid syntax while parsing: "a true""#
        ),
        (
            "a 1e999",
            #"line 1: strconv.ParseFloat: parsing "1e999": value out of range while parsing: "a 1e999""#
        ),
        ("a 0x1p-3", #"line 1: unsupported character in float while parsing: "a 0x1p-3""#),
        ("a 1_2", #"line 1: unsupported character in float while parsing: "a 1_2""#),
        (
            "a 0x10",
            #"line 1: strconv.ParseFloat: parsing "0x10": invalid syntax while parsing: "a 0x10""#
        ),
        (
            "a 0 1_2",
            #"line 1: expected next entry after timestamp, got "_" ("INVALID") while parsing: "a 0 1_""#
        ),
        (
            "a 0 1 2",
            #"line 1: expected next entry after timestamp, got "2\n" ("TIMESTAMP") while parsing: "a 0 1 2\n""#
        ),
        (
            "a 0 x",
            #"line 1: expected timestamp or new record, got "x" ("INVALID") while parsing: "a 0 x""#
        ),
        (
            "a 0 99999999999999999999",
            #"line 1: strconv.ParseInt: parsing "99999999999999999999": value out of range while parsing: "a 0 99999999999999999999""#
        ),
        (#"{a="ok"} 1"#, #"line 1: metric name not set while parsing: "{a=\"ok\"} 1""#),
        (#"a{"b"} 1"#, #"line 1: metric name already set while parsing: "a{\"b\"}""#),
        ("=b 1", #"line 1: expected a valid start token, got "=" ("INVALID") while parsing: "=""#),
        ("1a 1", #"line 1: expected a valid start token, got "1" ("INVALID") while parsing: "1""#),
        (
            "\u{0}a 1",
            #"line 1: expected a valid start token, got "\x00" ("INVALID") while parsing: "\x00""#
        ),
        (
            "# TYPE a\n",
            #"line 1: invalid metric type """#
        ),
        ("# TYPE a ham", #"line 1: invalid metric type "ham""#),
        (
            "c 1\r\n",
            #"line 1: strconv.ParseFloat: parsing "1\r": invalid syntax while parsing: "c 1\r""#
        ),
        (#"a{b="1",b="2"} 1"#, #"line 1: label name "b" is not unique: invalid sample"#),
        (#"a{__name__="b"} 1"#, #"line 1: label name "__name__" is not unique: invalid sample"#),
        (#"{""} 1"#, "line 1: missing metric name (__name__ label)"),
        (
            "<html>",
            #"line 1: expected a valid start token, got "<" ("INVALID") while parsing: "<""#
        ),
    ])
    func `what Prometheus refuses is refused, in its words`(text: String, message: String) {
        #expect(samples(text) == message)
    }

    @Test func `bytes that are no UTF-8 are refused where they would become labels or help`() {
        let broken = { (text: String) in text.utf8.map { $0 == UInt8(ascii: "?") ? 0xFF : $0 } }
        #expect(samples(broken("a{b=\"?\"} 1")) == #"line 1: invalid UTF-8 label value: "\xff""#)
        #expect(samples(broken("{\"?\"} 1")) == #"line 1: invalid UTF-8 metric name: "\xff""#)
        #expect(
            samples(broken("# HELP a ?")) == #"line 1: help text "\xff" is not a valid utf8 string"#
        )
        #expect(samples(broken("# ?\na 1")) == "a 1")
    }

    @Test func `a long line is cut in messages`() {
        let message = samples("a{b=\"" + String(repeating: "x", count: 1 << 20))
        #expect(message.utf8.count < 600)
        #expect(message.hasSuffix("xxx…\""))
    }

    @Test(arguments: [
        ("# EOF\n", ""), ("# EOF", ""),
        ("a 1\n# EOF\n", "a 1"),
        ("a{b=\"c\"} 1 1520879607.789\n# EOF\n", "a{b=\"c\"} 1 @1520879607789"),
        (
            "# TYPE a counter\n# UNIT a_seconds seconds\na_total 1\na_created 1.5e9\n# EOF\n",
            "a_total 1\na_created 1500000000"
        ),
        ("# TYPE a stateset\n# TYPE b info\n# TYPE c gaugehistogram\n# TYPE d unknown\n# EOF", ""),
        (
            #"a_bucket{le="1"} 2 # {trace_id="x",b="y"} 0.67 1520879607.7"# + "\n# EOF\n",
            #"a_bucket{le="1"} 2"#
        ),
        (#"a 2 1.5 # {} 1"# + "\n# EOF\n", "a 2 @1500"),
        (#"{"a.b",c="d"} 2"# + "\n# EOF\n", #"a.b{c="d"} 2"#),
    ])
    func `OpenMetrics is read`(text: String, expected: String) {
        #expect(samples(text, .openMetrics) == expected)
    }

    @Test(arguments: [
        ("", "line 1: data does not end with # EOF"),
        ("a 1\n", "line 2: data does not end with # EOF"),
        ("a 1", "line 1: data does not end with # EOF"),
        ("# EOF\na 1\n", "line 1: unexpected data after # EOF"),
        (
            "\na 1\n# EOF\n",
            #"line 1: expected a valid start token, got "\n" ("INVALID") while parsing: "\n""#
        ),
        (
            "# TYPE #\n#EOF\n",
            ##"line 1: expected metric name after TYPE, got "#" ("INVALID") while parsing: "# TYPE #""##
        ),
        ("# TYPE a ham\n# EOF\n", #"line 1: invalid metric type "ham""#),
        ("# UNIT a seconds\n# EOF\n", #"line 1: unit "seconds" not a suffix of metric "a""#),
        (
            "a{b=\"c\" d=\"e\"} 1\n# EOF\n",
            #"line 1: expected comma or brace close, got " " ("INVALID") while parsing: "a{b=\"c\" ""#
        ),
        ("a 1 NaN\n# EOF\n", #"line 1: invalid timestamp nan while parsing: "a 1 NaN""#),
        (
            "a  1\n# EOF\n",
            #"line 1: expected value after metric, got "  " ("INVALID") while parsing: "a  ""#
        ),
        (
            "a 1 # {b=\"c\"}\n# EOF\n",
            ##"line 1: expected value after exemplar labels, got "\n" ("INVALID") while parsing: "a 1 # {b=\"c\"}\n""##
        ),
    ])
    func `what is no OpenMetrics is refused`(text: String, message: String) {
        #expect(samples(text, .openMetrics) == message)
    }

    @Test(arguments: [
        ("1", "1.0"), ("0", "0.0"), ("0.5", "0.5"), ("1e6", "1e+06"), ("1234567", "1.234567e+06"),
        ("100", "100.0"), ("0.00001", "1e-05"), ("+Inf", "+Inf"), ("2.5e-3", "0.0025"), ("x", "x"),
    ])
    func `bounds of buckets have one spelling`(written: String, label: String) {
        let text =
            "# TYPE a histogram\na_bucket{le=\"\(written)\"} 1\n# TYPE b gauge\nb{le=\"1\"} 1"
        #expect(samples(text) == "a_bucket{le=\"\(label)\"} 1\nb{le=\"1\"} 1")
    }

    @Test func `a format is known by its Content-Type, and only by that`() {
        #expect(ExpositionFormat(contentType: "text/plain; version=0.0.4; charset=utf-8") == .text)
        #expect(ExpositionFormat(contentType: "Text/Plain") == .text)
        #expect(
            ExpositionFormat(contentType: "application/openmetrics-text; version=1.0.0")
                == .openMetrics)
        #expect(ExpositionFormat(contentType: "text/html") == nil)
        #expect(ExpositionFormat(contentType: "") == nil)
    }
}
