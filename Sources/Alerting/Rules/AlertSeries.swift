// AlertSeries: the series that tell of an alert: ALERTS and ALERTS_FOR_STATE.
import Events
import PromQL

/// The label sets of one alert's series, made once.
struct AlertSeries {
    private let pending: Labels
    private let firing: Labels
    private let forState: Labels

    init(_ labels: Labels) {
        var series = labels
        series[Labels.nameLabel] = "ALERTS_FOR_STATE"
        forState = series
        series[Labels.nameLabel] = "ALERTS"
        series["alertstate"] = AlertState.pending.rawValue
        pending = series
        series["alertstate"] = AlertState.firing.rawValue
        firing = series
    }

    /// ALERTS is 1, ALERTS_FOR_STATE the second since which the alert is active.
    func samples(of alert: Alert) -> [Sample] {
        let seconds = (Double(alert.activeAt.milliseconds) / 1000).rounded(.down)
        return [
            Sample(alert.state == .firing ? firing : pending, 1), Sample(forState, seconds),
        ]
    }
}
