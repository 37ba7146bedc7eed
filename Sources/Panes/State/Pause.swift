// Pause: painting stands still while what happens is kept.
import Events
import Wording
import WorldModel

struct Pause: Sendable {
    /// The world that stays on the screen.
    let world: World

    /// `PAUSED 00:42, 17 changes`.
    func badge(_ world: World) -> String {
        let span = stopwatch(milliseconds: (world.now - self.world.now).milliseconds)
        return "PAUSED \(span), \(counted(world.happened - self.world.happened, "change"))"
    }
}

extension World {
    /// All that has changed so far, of whatever kind, each thing once.
    fileprivate var happened: Int { changes.total - changes.ofHealth + registry.transitions }
}

/// What the keys go to.
enum Mode: Sendable {
    case browsing
    case typing(Prompt)
    /// The menu of incidents, and the entry chosen.
    case incidents(Int)
    case asking(Question)
}
