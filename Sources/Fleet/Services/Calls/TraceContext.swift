// TraceContext: which span a call belongs to, as B3's single header carries it.
import Events

/// A place in a trace; both sides of a call have the same one.
struct TraceContext: Hashable, Sendable {
    static let header = "b3"

    var trace: UInt64
    var span: UInt64
    var parent: UInt64?

    /// A new trace.
    static func root() -> Self {
        let id = UInt64.random(in: 1 ... .max)
        return Self(trace: id, span: id)
    }

    func child() -> Self {
        Self(trace: trace, span: .random(in: 1 ... .max), parent: span)
    }

    /// `trace-span-sampled-parent`, as in <https://github.com/openzipkin/b3-propagation>.
    var text: String {
        let ids = "\(trace.hexadecimal)-\(span.hexadecimal)-1"
        return parent.map { "\(ids)-\($0.hexadecimal)" } ?? ids
    }
}

extension TraceContext {
    init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard parts.count >= 3, let trace = UInt64(parts[0], radix: 16),
            let span = UInt64(parts[1], radix: 16)
        else { return nil }
        self.init(
            trace: trace, span: span,
            parent: parts.count > 3 ? UInt64(parts[3], radix: 16) : nil)
    }
}
