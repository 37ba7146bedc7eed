// World, observation: what a clawtop tells the store of what it sees.
import Events
import WorldModel

extension Mute {
    /// Whether it leaves room for others: who makes silences elsewhere may write what they like.
    fileprivate var isShort: Bool {
        matchers.reduce(comment.utf8.count + by.description.utf8.count) {
            $0 + $1.description.utf8.count
        } < 1000
    }
}

extension World {
    /// The loudest first: a store that cannot keep all of them keeps these.
    func observation(by observer: String) -> Observation {
        let shown = alerts.open.prefix(Observation.most)
        return Observation(
            observer: observer, at: now, environment: environment,
            alerts: shown.map { alert in
                Observation.Sighting(
                    fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels,
                    annotations: alert.annotations,
                    state: alert.state == .acknowledged ? .firing : alert.state,
                    value: alert.number,
                    since: alert.begin, evaluated: alert.evaluated,
                    hasNoData: hasNoData(alert), suppression: alert.suppression)
            }, unsaid: alerts.open.count - shown.count,
            silences: Array(
                book.mutes.filter { $0.feed != nil && $0.isShort }
                    .prefix(Observation.mostSilences)))
    }
}
