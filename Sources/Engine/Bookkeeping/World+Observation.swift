// World+Observation: what this clawtop evaluates, as it is told to the others.
import Events
import WorldModel

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
                    hasNoData: hasNoData(alert))
            }, unsaid: alerts.open.count - shown.count)
    }
}
