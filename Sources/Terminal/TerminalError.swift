// TerminalError: why there is no screen, and what to do about it.
import CNcurses

package enum TerminalError: Error, Hashable, CustomStringConvertible {
    case noTerminal
    case unknown(term: String)
    case immobile(term: String)
    case taken

    init(_ opening: claw_opening, term: String) {
        self =
            switch opening {
            case .unknown: .unknown(term: term)
            case .immobile: .immobile(term: term)
            case .refused, .done: .taken
            }
    }

    package var description: String {
        switch self {
        case .noTerminal: "no terminal to draw on; `clawtop once` prints the state without one"
        case .unknown(let term):
            "terminfo does not know TERM=\(term); set TERM to what the terminal is, or to xterm-256color"
        case .immobile(let term):
            """
            TERM=\(term) cannot move its cursor; set TERM to what the terminal is, \
            or use `clawtop once`
            """
        case .taken: "the screen cannot be opened: one is open already, or memory ran out"
        }
    }
}
