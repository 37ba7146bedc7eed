// ToldAlerts: the alerts of another engine as they were told last, so that only what differs is told.
import Events

struct ToldAlerts {
    private var known: [String: EngineAlert]?

    /// In no particular order.
    var all: some Collection<EngineAlert> { (known ?? [:]).values }

    /// All of them the first time, then what differs; nil where nothing does.
    ///
    /// Two alerts with one label set would be one rule told twice: the later counts.
    mutating func take(_ alerts: [EngineAlert]) -> AlertEvent? {
        let now = Dictionary(alerts.map { ($0.fingerprint, $0) }, uniquingKeysWith: { $1 })
        defer { known = now }
        guard let known else { return .listed(Self.sorted(now.values)) }
        let new = Self.sorted(now.values.filter { known[$0.fingerprint] != $0 })
        let gone = known.keys.filter { now[$0] == nil }.sorted()
        return new.isEmpty && gone.isEmpty ? nil : .changed(new, gone: gone)
    }

    private static func sorted(_ alerts: some Sequence<EngineAlert>) -> [EngineAlert] {
        alerts.sorted { $0.fingerprint < $1.fingerprint }
    }
}

extension EngineAlert {
    /// Whoever wrote its texts may have repeated what we sent.
    func hiding(_ secrets: OwnSecrets) -> Self {
        var alert = self
        alert.labels = secrets.hidden(in: labels)
        alert.annotations = secrets.hidden(in: annotations)
        return alert
    }
}
