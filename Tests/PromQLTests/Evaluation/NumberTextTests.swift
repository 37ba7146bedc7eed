import Testing

@testable import PromQL

struct NumberTextTests {
    @Test(arguments: [
        (1.5, "1.5"), (0.0001, "0.0001"), (0.00001, "1e-05"), (100_000, "100000"), (1e6, "1e+06"),
        (1_234_567.5, "1.2345675e+06"), (1e19, "1e+19"), (1.25e300, "1.25e+300"), (-2, "-2"),
        (.infinity, "+Inf"), (0, "0"),
    ])
    func `remarks show numbers as Go's %g does`(number: Double, text: String) {
        #expect(number.general == text)
    }

    @Test(arguments: [
        ("1_0", 10), ("0x_1p3", 8), ("0X1P3", 8), ("0x1_0p0", 16), (".5", 0.5), ("5.", 5),
        ("1e1_0", 1e10), ("1e-400", 0), ("-infinity", -.infinity), ("+INF", .infinity),
    ])
    func `a bucket's bound is read as Go reads numbers`(text: String, number: Double) throws {
        #expect(try Double(go: text) == number)
    }

    @Test(arguments: [
        "nan(1)", "+nan", "1e_5", "1_e5", "_1", "1__0", "0x_.8p4", "0b1", "0x1", "inf inity", "",
        " 1", "0x", "1e", ".",
    ])
    func `what is no number to Go is none`(text: String) {
        let error = #expect(throws: NumberSyntaxError.self) { try Double(go: text) }
        #expect(error?.isOutOfRange == false)
    }

    @Test func `a number that is too large is no infinity`() {
        let error = #expect(throws: NumberSyntaxError.self) { try Double(go: "-1e400") }
        #expect(error?.isOutOfRange == true)
    }

    @Test(arguments: [(10, "10"), (0.022, "0.022"), (123, "1.2e+02")])
    func `a difference has two digits`(number: Double, text: String) {
        #expect(number.twoDigits == text)
    }
}
