// TrafficColumns: rate, errors and latency, as columns that several lists have.
import Drawing
import Events
import Wording
import WorldModel

enum TrafficColumns {
    static let columns = [
        TableColumn("req", Column("REQ/S", width: 6, min: 5, alignment: .right, priority: 3)),
        TableColumn("err", Column("ERR%", width: 5, min: 4, alignment: .right, priority: 1)),
        TableColumn("p99", Column("P99", width: 6, min: 5, alignment: .right, priority: 1)),
        TableColumn("trend", Column("P99, 15 MIN", width: 16, min: 11, flex: 2, priority: 5)),
    ]

    static func cells(of service: String, _ scene: Scene, isSick: Bool) -> [Content] {
        guard let traffic = scene.world.traces.traffic[service] else {
            // None was seen, as far as a source that answers can tell.
            let isKnown = scene.world.feeds.watching(.traces).contains { $0.condition == .live }
            let none: Content = isKnown ? .text(scene.glyphs.none, .faint) : .blank
            return [none, none, none, .blank]
        }
        let base = usual(traffic.p99s)
        return [
            .text(rate(traffic.perSecond), isSick ? .text : .muted),
            errors(traffic.summary, scene.glyphs),
            p99(traffic.summary.p99, base: base, scene.glyphs),
            .bars(traffic.p99s, base: base, isSick: isSick),
        ]
    }

    static func errors(_ summary: LatencySummary, _ glyphs: Glyphs) -> Content {
        guard let percent = summary.errorPercent else { return .text(glyphs.none, .faint) }
        let style: Style = percent >= 5 ? .critical : percent >= 1 ? .warning : .muted
        return .text(share(percent), style)
    }

    static func p99(_ value: Int64?, base: Double, _ glyphs: Glyphs) -> Content {
        guard let value else { return .text(glyphs.none, .faint) }
        let factor = base > 0 ? Double(value) / base : 1
        let style: Style = factor >= 8 ? .critical : factor >= 3 ? .warning : .muted
        return .text(latency(microseconds: value), style)
    }

    /// What is usual: the lower quartile, which an incident does not move soon.
    static func usual(_ values: [Double?]) -> Double {
        let known = values.compactMap(\.self).sorted()
        return known.isEmpty ? 0 : known[known.count / 4]
    }
}

extension ServiceTraffic {
    func measure(_ field: String) -> Measure? {
        field == "req" ? .number(perSecond) : summary.measure(field)
    }
}

extension LatencySummary {
    func measure(_ field: String) -> Measure? {
        switch field {
        case "err": errorPercent.map(Measure.number)
        case "p50": p50.map { .number(Double($0)) }
        case "p95": p95.map { .number(Double($0)) }
        case "p99": p99.map { .number(Double($0)) }
        default: nil
        }
    }
}
