// Ordering: what was typed for alerts becomes an order, and the store's answer a line.
package import Events
import Wording
package import WorldModel

/// What the alert store made of an order.
package enum OrderAnswer: Sendable {
    /// How many were written, and how many of them became notes because they were resolved before.
    case written(Int, late: Int)
    /// Another one was first.
    case held(AlertStanding.Hold, fingerprint: String)
    case nothing
    case muted(Mute)
    case failed(String)
}

extension UIState {
    /// Takes what was typed for alerts.
    mutating func order(_ prompt: Prompt, _ reach: Reach) -> [Intent] {
        mode = .browsing
        let alerts = prompt.subjects.compactMap { reach.world.alerts[$0] }
        let now = reach.world.now
        switch prompt.kind {
        case .acknowledge:
            let standard = alerts.map { reach.world.book.policy.expiry(of: $0.name) }.min()
            guard let text = HoldText(prompt.text, standard: standard ?? .seconds(1800)) else {
                return retype(prompt, "for how long? as in 45m or 2h, or: clear")
            }
            return acknowledge(alerts, for: text, reach)
        case .note:
            let text = prompt.text.split(separator: " ").joined(separator: " ")
            guard !text.isEmpty else { return [] }
            return send([.order(.note(text), on: alerts.map(\.fingerprint))])
        case .mute:
            do throws(MuteText.Fault) {
                let text = try MuteText(prompt.text)
                guard let duration = text.duration, !text.comment.isEmpty else {
                    return retype(
                        prompt,
                        text.duration == nil
                            ? "for how long? as in 2h" : "why? a comment is required")
                }
                return [.mute(text.matchers, until: now + duration, comment: text.comment)]
            } catch {
                return retype(prompt, error.words)
            }
        case .filter, .palette: return []
        }
    }

    private mutating func retype(_ prompt: Prompt, _ error: String) -> [Intent] {
        var prompt = prompt
        prompt.error = error
        mode = .typing(prompt)
        return []
    }

    /// What the line means as far as it is typed.
    func preview(_ prompt: Prompt, _ world: World) -> String {
        switch prompt.kind {
        case .filter, .palette: return ""
        case .note: return "a note, for the alert's history"
        case .acknowledge:
            let count = prompt.subjects.count
            let whom = count == 1 ? "" : " for \(counted(count, "alert"))"
            return "for how long, and a note\(whom), as in: 2h restarting payment; or: clear …"
        case .mute:
            guard let text = try? MuteText(prompt.text) else {
                return
                    "matchers, for how long, and why, as in: service=\"payment\" 2h being repaired"
            }
            let matched = world.alerts.open.filter { text.set.matches($0.labels) }
            let names = matched.prefix(3).map { alert in
                let whom =
                    alert.labels["instance"].isEmpty ? alert.service : alert.labels["instance"]
                return alert.name + (whom.map { " \($0)" } ?? "")
            }
            let more = matched.count > 3 ? ", …" : ""
            return matched.isEmpty
                ? "matches nothing now"
                : "matches \(counted(matched.count, "alert")) now: \(names.joined(separator: ", "))\(more)"
        }
    }

    /// The store has answered.
    package mutating func answered(
        _ answer: OrderAnswer, of fingerprints: [String], in world: World
    ) {
        acking.subtract(fingerprints)
        switch answer {
        case .written(let count, let late):
            guard late > 0 else { return }
            say(
                late == count
                    ? "it was resolved before: kept as a note"
                    : "\(late) of \(count) were resolved before: kept as notes",
                at: world.now)
        case .held(let hold, let fingerprint):
            let alert = world.alerts.all.first { $0.fingerprint == fingerprint }
            guard case .browsing = mode, let alert else {
                return say("\(hold.by) was first", isWarning: true, at: world.now)
            }
            let reach = Reach(world: world, size: Screen.least)
            mode = .asking(takeOver([alert], hold, reach))
        case .nothing: say("there was nothing to do", at: world.now)
        case .muted(let mute):
            let ended = mute.ended == nil ? "muted until \(mute.until.clock)" : "unmuted"
            say(
                "\(ended): \(mute.matchers.map(\.description).joined(separator: " "))",
                at: world.now)
        case .failed(let why): say(why, isWarning: true, at: world.now)
        }
    }
}
