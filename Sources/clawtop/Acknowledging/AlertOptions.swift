// AlertOptions: what the commands about alerts are asked for.
import Events

struct AlertOptions: Equatable {
    /// The alert, a text, a mute's id or matchers: what stands by its place.
    var words: [String] = []
    /// History and what is over, too.
    var showsAll = false
    var note = ""
    var comment = ""
    /// How long an acknowledgement or a mute holds; nil: as the configuration says.
    var length: Duration?
    /// An acknowledgement holds until its alert is resolved.
    var holdsUntilClear = false
    var takesOver = false
    /// On whose behalf; nil: the operating system's user.
    var user: String?
}
