// MessageText: what was said in the message line, the newest first.
import Drawing

enum MessageText {
    static func lines(_ scene: Scene) -> [[Span]] {
        scene.messages.reversed().map { message in
            [
                Span("\(message.at.clock)  ", .muted),
                Span(message.text.firstLine, message.isWarning ? .warning : .text),
            ]
        }
    }
}
