// OwnerWords: who has an alert, for how long yet, and why nobody has it any more.
import Drawing
import Events
import Wording
import WorldModel

enum OwnerWords {
    /// In the last minutes it is said that an acknowledgement ends soon.
    static let warning = Duration.seconds(300)

    /// `ana, 26m left`, `ana, ends in 4m`, `ack expired`, `muted 1h20m`, `inhibited`, `acking…`.
    static func of(_ alert: AlertRecord, _ scene: Scene) -> [Span] {
        if scene.acking.contains(alert.fingerprint) { return [Span("acking…", .progress)] }
        var parts: [[Span]] = []
        let standing = scene.world.book[alert.fingerprint]
        if let hold = standing?.hold(at: scene.now), alert.state.isFiring {
            parts.append(held(hold, scene))
        } else if let broken = standing?.broken(at: scene.now), alert.state == .firing {
            parts.append([Span(broken.reason.words.oneLine, .warning)])
        }
        if let mute = alert.mute.flatMap(scene.world.book.mute) {
            let left = briefAge(milliseconds: (mute.until - scene.now).milliseconds)
            parts.append([Span("muted \(left)", .info)])
        } else if let suppression = alert.suppression {
            parts.append([Span(suppression.word, .info)])
        }
        return parts.isEmpty ? [Span("–", .faint)] : joined(parts)
    }

    private static func held(_ hold: AlertStanding.Hold, _ scene: Scene) -> [Span] {
        let user = hold.by.user.oneLine
        guard let until = hold.until else { return [Span("\(user), until clear", .info)] }
        let left = until - scene.now
        let words = briefAge(milliseconds: left.milliseconds)
        return left <= warning
            ? [Span("\(user), ends in \(words)", Style(.warning, bold: true))]
            : [Span("\(user), \(words) left", .info)]
    }
}
