// Durations: spans of time as Prometheus writes them.

extension Duration {
    /// A duration as Prometheus writes it: whole numbers with units from `d` to `ms`, each at most once.
    ///
    /// Source: <https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations>
    package init?(prometheus text: String) {
        let units: [(name: String, milliseconds: Int64)] = [
            ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
            ("m", 60_000), ("s", 1000),
            ("ms", 1),
        ]
        var allowed = units[...]
        var rest = text[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = String(rest.prefix { $0.isASCII && $0.isLetter })
            rest = rest.dropFirst(name.count)
            guard let number = Int64(digits), number < 1_000_000_000,
                let unit = allowed.firstIndex(where: { $0.name == name })
            else { return nil }
            let product = number.multipliedReportingOverflow(by: units[unit].milliseconds)
            let sum = total.addingReportingOverflow(product.partialValue)
            guard !product.overflow, !sum.overflow else { return nil }
            total = sum.partialValue
            allowed = units[(unit + 1)...]
        }
        guard !text.isEmpty else { return nil }
        self = .milliseconds(total)
    }
}
