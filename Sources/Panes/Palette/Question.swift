// Question: what must be answered before anything is done.
import Drawing
import Events

struct Question: Sendable {
    struct Answer: Sendable {
        var key: Character
        var words: String
        var act: Act
    }

    enum Act: Sendable {
        case intents([Intent])
        case type(Prompt)
    }

    var words: String
    var answers: [Answer]
}
