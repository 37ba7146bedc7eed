// SuppressionWords: why another engine keeps an alert quiet.
package import Events
import WorldModel

extension Suppression {
    /// Fits beside an alert: `silenced`, `inhibited`, `muted by the hour`.
    package var word: String {
        if !silences.isEmpty { return "silenced" }
        return inhibitors.isEmpty ? "muted by the hour" : "inhibited"
    }

    /// An alert that inhibits it is named where it is known.
    func sentence(_ scene: Scene) -> String {
        var reasons: [String] = silences.isEmpty ? [] : ["silenced"]
        if let first = inhibitors.first {
            let inhibitor = scene.world.alerts.open.first { inhibitors.contains($0.fingerprint) }
            reasons.append("inhibited by \(inhibitor?.name ?? first)")
        }
        if !intervals.isEmpty { reasons.append("muted in \(intervals.joined(separator: ", "))") }
        return "Alertmanager keeps it quiet: \(reasons.joined(separator: ", ").oneLine)."
    }
}

extension AlertRecord {
    /// An Alertmanager tells no values.
    var hasValue: Bool { feed == nil || !value.isNaN }
}
