// Quantile: the value below which a share of some values lies.

extension [Double] {
    /// The `quantile`-quantile of these values, between two of them weighted by their distance.
    ///
    /// NaN sorts first. Below 0 it is -Inf, above 1 +Inf.
    func quantile(_ quantile: Double) -> Double {
        guard !isEmpty, !quantile.isNaN else { return .nan }
        guard quantile >= 0 else { return -.infinity }
        guard quantile <= 1 else { return .infinity }
        let sorted = sorted { $0.isNaN ? !$1.isNaN : $0 < $1 }
        let rank = quantile * Double(count - 1)
        let lower = Swift.max(0, rank.rounded(.down))
        let upper = Swift.min(Double(count - 1), lower + 1)
        let weight = rank - rank.rounded(.down)
        return sorted[Int(lower)] * (1 - weight) + sorted[Int(upper)] * weight
    }
}
