import Testing

@testable import PromQL

struct NumberTextTests {
    @Test(arguments: [
        (1.5, "1.5"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1e20, "100000000000000000000"),
        (1e21, "1e+21"), (1.25e300, "1.25e+300"), (-2, "-2"), (.infinity, "+Inf"), (0, "0"),
    ])
    func `remarks show numbers as C's %g does`(number: Double, text: String) {
        #expect(number.general == text)
    }

    @Test(arguments: [(10, "10"), (0.022, "0.022"), (123, "1.2e+02")])
    func `a difference has two digits`(number: Double, text: String) {
        #expect(number.twoDigits == text)
    }
}
