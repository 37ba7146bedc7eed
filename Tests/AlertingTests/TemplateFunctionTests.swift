import Alerting
import Testing

struct TemplateFunctionTests {
    @Test(arguments: [
        (0, "0 0 0s 0%"), (-3, "-3 -3 -3s -300%"), (0.0423, "42.3m 0.0423 42.3ms 4.23%"),
        (12345.678, "12.35k 12.06ki 3h 25m 45s 1.235e+06%"),
        (95400.5, "95.4k 93.16ki 1d 2h 30m 0s 9.54e+06%"), (0.000012, "12u 1.2e-05 12us 0.0012%"),
        (.infinity, "+Inf +Inf +Inf +Inf%"), (.nan, "NaN NaN NaN NaN%"),
    ])
    func `numbers are written for people`(value: Double, expected: String) throws {
        let text = try expand(
            """
            {{ humanize $value }} {{ humanize1024 $value }} {{ humanizeDuration $value }} \
            {{ humanizePercentage $value }}
            """, value: value)
        #expect(text == expected)
    }

    @Test func `a number may come as a text`() throws {
        let text = "{{ humanize \"12345\" }} {{ humanizeDuration \"61\" }} {{ humanize 0x10 }}"
        #expect(try expand(text) == "12.35k 1m 1s 16")
    }

    @Test(arguments: [
        ("{{ query \"q\" | first | value }}", "0.5"),
        ("{{ query \"q\" | first | label \"shop\" }}", "c"),
        ("{{ index (query \"q\") 1 | strvalue }}", "text"),
        ("{{ range query \"q\" | sortByLabel \"shop\" }}{{ .Labels.shop }}{{ end }}", "abc"),
        ("{{ first (query \"q\") }}", "{map[__name__:orders shop:c] 0.5}"),
        ("{{ query \"nothing\" | len }}", "0"),
    ])
    func `a query's samples can be taken apart`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ title \"it is_a foo-bar éa\" }}", "It Is_a Foo-Bar Éa"),
        ("{{ toUpper \"straße ΐ\" }} {{ toLower \"ÀÉ\" }}", "STRAßE ΐ àé"),
        (
            """
            {{ match "a.c" "xxabcxx" }} {{ match "^b" "abc" }} {{ match "a.c" "a\\nc" }}
            """,
            "true false false"
        ),
        (
            "{{ $labels.instance | reReplaceAll \"(.*):(?P<port>.*)\" \"${port}-$1\" }}",
            "9100-cart-1.shop"
        ),
        (
            "{{ stripPort \"[::1]:80\" }} {{ stripPort \"cart:80\" }} {{ stripPort \"a:b:c\" }}",
            "::1 cart a:b:c"
        ),
        (
            """
            {{ stripDomain "a.b:9100" }} {{ stripDomain "10.0.0.1:80" }} {{ stripDomain "host" }}
            """,
            "a:9100 10.0.0.1:80 host"
        ),
        (
            "{{ html \"<a&'b'>\" }} {{ js \"'<é>\" }} {{ safeHtml \"<b>\" }}",
            "&lt;a&amp;&#39;b&#39;&gt; \\'\\u003Cé\\u003E <b>"
        ),
        ("{{ urlquery \"a b&c/d=é\" }}", "a+b%26c%2Fd%3D%C3%A9"),
        ("{{ graphLink \"up == 0\" }}", "/graph?g0.expr=up+%3D%3D+0&g0.tab=0"),
    ])
    func `texts are cased, matched, cut and escaped`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ toTime 1700000000.5 }}", "2023-11-14 22:13:20.5 +0000 UTC"),
        ("{{ humanizeTimestamp -3 }}", "1969-12-31 23:59:57 +0000 UTC"),
        (
            "{{ (toTime 1700000000).Format \"Mon, 2 Jan 2006 15:04:05.000 MST\" }}",
            "Tue, 14 Nov 2023 22:13:20.000 UTC"
        ),
        (
            """
            {{ with toTime 951782400 }}\
            {{ .Year }} {{ .Month }} {{ .Day }} {{ .YearDay }} {{ .Weekday }}\
            {{ end }}
            """,
            "2000 February 29 60 Tuesday"
        ),
        (
            "{{ toDuration 3661.25 }} {{ toDuration -0.0423 }} {{ (toDuration 90).Minutes }}",
            "1h1m1.25s -42.3ms 1.5"
        ),
        ("{{ parseDuration \"1h30m\" }} {{ now }}", "5400 1.7000000005e+09"),
    ])
    func `moments and durations are Go's`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ and 1 0 2 }} {{ or 0 \"\" 3 }} {{ not 1 }}", "0 3 false"),
        (
            "{{ eq 1 2 1 }} {{ ne \"a\" \"b\" }} {{ lt 1 2 }} {{ ge 1.5 2.5 }}",
            "true true true false"
        ),
        ("{{ slice \"abcdef\" 1 3 }} {{ index \"abc\" 1 }} {{ len \"é\" }}", "bc 98 2"),
        ("{{ eq \"e\\u0301\" \"é\" }}", "false"),
    ])
    func `logic, comparison and indexing are Go's`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }
}
