import Alerting
import Testing

struct TemplatePrintingTests {
    @Test(arguments: [
        (0, "0"), (1, "1"), (87.654321, "87.654321"), (999_999, "999999"),
        (1_048_576, "1.048576e+06"),
        (1.5e12, "1.5e+12"), (0.0001, "0.0001"), (0.000012, "1.2e-05"),
        (.leastNonzeroMagnitude, "5e-324"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-0.0, "-0"),
    ])
    func `a value has as few digits as it takes`(value: Double, expected: String) throws {
        #expect(try expand("{{ $value }}", value: value) == expected)
    }

    @Test(arguments: [
        ("%.2f|%8.1f|%-8.1f|%08.2f|%+.0f", "12345.68| 12345.7|12345.7 |12345.68|+12346"),
        ("%e|%.2e|%E|%g|%.3g", "1.234568e+04|1.23e+04|1.234568E+04|12345.678|1.23e+04"),
        ("%x|%b|%#g", "0x1.81cd6c8b43958p+13|6787108256889176p-39|12345.678"),
    ])
    func `floats take widths, precisions and flags`(format: String, expected: String) throws {
        let count = format.split(separator: "|").count
        let values = Array(repeating: "$value", count: count).joined(separator: " ")
        #expect(try expand("{{ printf \"\(format)\" \(values) }}") == expected)
    }

    @Test(arguments: [
        (
            """
            {{ printf "%d|%5d|%-5d|%05d|%x|%X|%o|%b|%c|%q|%U" 42 42 42 42 255 255 8 5 65 65 65 }}
            """,
            "42|   42|42   |00042|ff|FF|10|101|A|'A'|U+0041"
        ),
        (
            "{{ printf \"%s|%6s|%-6s|%.2s|%q|%x\" \"é1\" \"é1\" \"é1\" \"é1\" \"é1\" \"é1\" }}",
            "é1|    é1|é1    |é1|\"é1\"|c3a931"
        ),
        (
            "{{ printf \"%v %t %T %T %T\" true false $value $labels nil }}",
            "true false float64 map[string]string <nil>"
        ),
        ("{{ printf \"%[2]s %[1]s %*d %%\" \"a\" \"b\" }}", "b a %!(BADWIDTH)%!d(MISSING) %"),
        ("{{ printf \"%*d|%.*f\" 5 42 2 3.14159 }}", "   42|3.14"),
        ("{{ print 1 2 \"a\" 3 4 }} {{ println \"a\" 1 }}", "1 2a3 4 a 1\n"),
        (
            "{{ printf \"%+v\" (query \"q\" | first) }}",
            "&{Labels:map[__name__:orders shop:c] Value:0.5}"
        ),
    ])
    func `printf knows Go's verbs`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }

    @Test(arguments: [
        ("{{ printf \"%d %s\" $value $value }}", "%!d(float64=12345.678) %!s(float64=12345.678)"),
        (
            "{{ printf \"%d\" }} {{ printf \"a\" 1 \"b\" nil }}",
            "%!d(MISSING) a%!(EXTRA int=1, string=b, <nil>)"
        ),
        (
            "{{ printf \"100%\" }} {{ printf \"%z\" 1 }} {{ printf \"%[5]d\" 1 }}",
            "100%!(NOVERB) %!z(int=1) %!d(BADINDEX)"
        ),
    ])
    func `printf complains within the text`(text: String, expected: String) throws {
        #expect(try expand(text) == expected)
    }
}
