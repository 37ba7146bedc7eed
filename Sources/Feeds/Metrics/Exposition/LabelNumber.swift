// LabelNumber: numbers in the labels `le` and `quantile`, as OpenMetrics writes them.
import Glibc

extension Double {
    /// `1.0`, `0.5`, `1e+06`, `+Inf`: the one spelling by which series of both formats are equal.
    ///
    /// Prometheus 3 rewrites these labels of histograms and summaries so.
    var openMetrics: String {
        guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-Inf" : "+Inf" }
        if self == 0 { return "0.0" }
        if (1e-4..<1e6).contains(magnitude) { return description }
        let texts = (0...16).lazy.map(withExponent)
        return texts.first { Double($0) == self } ?? description
    }

    /// C's `%e` with so many digits behind the point.
    private func withExponent(_ digits: Int) -> String {
        var text = [CChar](repeating: 0, count: 40)
        let count = withVaList([digits, self]) { vsnprintf(&text, text.count, "%.*e", $0) }
        return String(decoding: text.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
