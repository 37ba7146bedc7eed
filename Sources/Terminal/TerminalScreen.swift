// TerminalScreen: the terminal while it is ours: canvases out, keys in, and given back at the end.
import CTTY
package import Drawing
import Glibc

/// What the terminal and the system say to the program.
package enum TerminalEvent: Hashable, Sendable {
    case input(TerminalInput)
    /// A line that something wrote to standard error while the screen was up.
    case message(String)
    /// The terminal is gone: there is nobody left to draw for.
    case hangup
    /// The program is asked to end, by this signal.
    case terminate(signal: Int32)
}

@UIActor
package final class TerminalScreen {
    /// Whether the terminal shows more than ASCII; ``show(_:)`` takes any canvas all the same.
    package nonisolated let isUTF8: Bool
    package nonisolated let depth: ColorDepth
    package private(set) var size: Size

    let tty: TTY
    let screen: Screen
    let surroundings: Surroundings
    private var decoder: KeyDecoder
    private var messages = Lines()
    private var listener: ((TerminalEvent) -> Void)?
    /// What happened before anybody listened.
    private var unheard: [TerminalEvent] = []
    /// What is to be shown, once the terminal can take it.
    private var newest: Canvas?
    private var isWaiting = false
    private var isOpen = true
    /// Our modes are to be set before the next frame.
    private var isAway = true
    private var isMouseWatched = true
    private var pace = Pace()

    /// Takes the terminal; the first ``show(_:)`` is the first byte that it sees.
    package static func open(
        theme: Theme, device: String = "/dev/tty", surroundings: Surroundings = .ours
    ) throws(TerminalError) -> TerminalScreen {
        try TerminalScreen(theme: theme, device: device, surroundings: surroundings)
    }

    private init(theme: Theme, device: String, surroundings: Surroundings) throws(TerminalError) {
        tty = try TTY(device)
        size = tty.size
        screen = try Screen.opened(size: size, theme: theme, surroundings: surroundings)
        decoder = KeyDecoder(KeyTable(screen.capability))
        (isUTF8, depth, self.surroundings) = (surroundings.isUTF8, screen.depth, surroundings)
        tty.takeKeys()
        Rescue.arm(tty.descriptor)
        for signal in [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT] {
            UILoop.shared.watch(signal)
        }
        UILoop.shared.listen(to: tty.descriptor, messages: claw_stderr_divert()) { [weak self] in
            self?.take($0)
        }
    }

    /// Tells `listener` what happens, in order, from the first key that was typed.
    package func listen(_ listener: @escaping (TerminalEvent) -> Void) {
        self.listener = listener
        for event in unheard { listener(event) }
        unheard = []
    }

    /// Shows `canvas` at once; where the terminal is still busy, as soon as it is not, if nothing
    /// newer has come by then.
    package func show(_ canvas: Canvas) {
        newest = canvas
        guard isOpen, !tty.isGone else { return }
        guard !tty.isBusy else {
            awaitWritable()
            return
        }
        pace.painted()
        let frame = screen.frame(canvas)
        guard isAway || !frame.isEmpty else { return }
        tty.send((isAway ? entering : []) + Modes.beginFrame + frame + Modes.endFrame)
        isAway = false
        if tty.isBusy { awaitWritable() }
    }

    /// Calls `draw`, to show what has changed, when it is time for the next frame: at once where the
    /// last one is long ago, and for many calls in a row thirty times a second.
    package func whenDue(_ draw: @escaping @UIActor @Sendable () -> Void) {
        guard isOpen, pace.planned == nil else { return }
        guard let delay = pace.delay else {
            draw()
            return
        }
        pace.planned = UILoop.shared.after(delay) { [weak self] in
            self?.pace.planned = nil
            draw()
        }
    }

    /// Looks like `theme` from now on.
    package func use(_ theme: Theme) {
        screen.use(theme)
        repaint()
    }

    /// Paints everything again, whatever else has written on the terminal.
    package func redraw() {
        screen.distrust()
        repaint()
    }

    /// Sends what is no part of the picture; while the terminal is the shell's, we are silent.
    func say(_ bytes: [UInt8]) {
        guard isOpen, !isAway, !tty.isGone else { return }
        tty.send(bytes)
    }

    /// Whether clicks and the wheel come to us, or select text as the terminal does by itself.
    package func watchMouse(_ isWatched: Bool) {
        isMouseWatched = isWatched
        if !isAway { tty.send(Array((isWatched ? Modes.mouse : Modes.noMouse).utf8)) }
    }

    /// Gives the terminal back to the shell, as Ctrl-Z does, and takes it again when the shell lets us.
    package func suspend() {
        guard isOpen, !tty.isGone else { return }
        giveBack()
        claw_tty_stop()
        resume()
    }

    /// Gives the terminal back; what was on it before is there again.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        if let planned = pace.planned { UILoop.shared.cancel(planned) }
        UILoop.shared.stopListening()
        giveBack()
        claw_stderr_restore()
    }
}

extension TerminalScreen {
    private func take(_ input: Input) {
        switch input {
        case .bytes(let bytes): take(decoder.decode(bytes))
        case .writable: takeWritable()
        case .message(let bytes): for line in messages.add(bytes) { tell(.message(line)) }
        case .signal(SIGWINCH): takeSize()
        case .signal(SIGTSTP): suspend()
        case .signal(SIGCONT): resume()
        case .signal(let signal): tell(.terminate(signal: signal))
        case .hangup:
            tty.hangUp()
            tell(.hangup)
        }
    }

    private func tell(_ event: TerminalEvent) {
        guard let listener else { return unheard.append(event) }
        listener(event)
    }

    private func take(_ decoded: [TerminalInput]) {
        for input in decoded { tell(.input(input)) }
        guard decoder.awaitsTimeout else { return }
        let moment = decoder
        UILoop.shared.after(.milliseconds(25)) { [weak self] in
            guard let self, decoder.isSame(as: moment) else { return }
            for input in decoder.timeOut() { tell(.input(input)) }
        }
    }

    private func takeWritable() {
        isWaiting = false
        tty.push()
        if tty.isBusy {
            awaitWritable()
        } else {
            repaint()
        }
    }

    private func takeSize() {
        let size = tty.size
        guard size != self.size else { return }
        self.size = size
        screen.resize(to: size)
        tell(.input(.resized(size)))
    }

    private func awaitWritable() {
        guard !isWaiting else { return }
        isWaiting = true
        UILoop.shared.awaitWritable()
    }

    private func repaint() {
        if let newest { show(newest) }
    }

    /// Our modes, and the keys as terminfo knows them.
    private var entering: [UInt8] {
        let keys = screen.capability("smkx") ?? ""
        return Array((keys + Modes.enter + (isMouseWatched ? "" : Modes.noMouse)).utf8)
    }

    private func giveBack() {
        // A frame that is half written must end before anything else is said.
        tty.drain()
        if !isAway {
            let keys = screen.capability("rmkx") ?? ""
            tty.send(Array((Modes.leave + keys).utf8) + screen.leave())
            tty.drain()
        }
        isAway = true
        claw_tty_disarm()
        tty.giveKeysBack()
    }

    /// Takes the terminal again after we were stopped, by ourselves or by somebody else.
    private func resume() {
        guard isOpen, !tty.isGone else { return }
        tty.takeKeys()
        Rescue.arm(tty.descriptor)
        isAway = true
        takeSize()
        redraw()
    }
}

/// What is left to do when the program can do nothing any more.
private enum Rescue {
    /// Never freed: a crash may need it at any moment.
    nonisolated(unsafe) private static let bytes: UnsafeBufferPointer<CChar> = {
        let bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Modes.rescue.count)
        _ = bytes.initialize(from: Modes.rescue.map(CChar.init(bitPattern:)))
        return UnsafeBufferPointer(bytes)
    }()

    static func arm(_ tty: Int32) {
        guard let base = bytes.baseAddress else { return }
        claw_tty_arm(tty, base, bytes.count)
    }
}
