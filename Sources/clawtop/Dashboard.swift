// Dashboard: an engine's worlds on the screen, and keys turned into what they ask.
import Drawing
import Engine
import Glibc
import Journal
import Notifying
import Panes
import Terminal
import WorldModel

/// The screen of one run.
@UIActor
final class Dashboard {
    private let screen: TerminalScreen
    private let themes: ThemeLibrary
    private let demo: DemoFleet?
    private(set) var engine: Engine?
    private var unopened: JournalError?
    private var ui: UIState
    /// What is on the screen.
    private var world = World()
    private var newest = World()
    private let memory = PaintMemory()
    private var ending: CheckedContinuation<Outcome, Never>?
    private var following: Timers.ID?
    private var hasBegun = false

    init(screen: TerminalScreen, themes: ThemeLibrary, demo: DemoFleet?) {
        (self.screen, self.themes, self.demo) = (screen, themes, demo)
        ui = UIState(
            themes: themes.names, isDemo: demo != nil, glyphs: .of(isUTF8: screen.isUTF8))
        ui.viewer = .operating
    }

    /// Paints what is known before anything is asked of anybody.
    ///
    /// What the feeds tell in the next moment is painted at once, not word by word.
    func begin() {
        paint()
        UILoop.shared.after(.milliseconds(80)) { [weak self] in
            guard let self else { return }
            hasBegun = true
            paintNewest()
        }
    }

    func paint() {
        screen.show(Screen.draw(world, ui, size: screen.size, memory: memory))
    }

    /// Shows `newest` when the next frame is due; until then a key finds all as it was painted, and
    /// is answered at the cost of what it changes.
    func look(at newest: World) {
        self.newest = newest
        guard hasBegun else { return }
        screen.whenDue { [weak self] in self?.paintNewest() }
    }

    private func paintNewest() {
        world = newest
        ui.look(at: world)
        noteJournal()
        paint()
    }

    func say(_ text: String, isWarning: Bool = true) {
        ui.say(text, isWarning: isWarning, at: world.now)
        paint()
    }

    /// Nil: the one that is used where nobody names any.
    func use(theme name: String?) {
        screen.use(themes.chosen(name))
        paint()
    }

    func take(_ engine: Engine) { self.engine = engine }

    func show(_ notice: ScreenNotice) {
        switch notice {
        case .bell: screen.ring()
        case .desktop(let title, let body): screen.notify(title: title, body: body)
        }
    }

    /// Why there is no journal at all; nil once there is one.
    func note(unopened error: JournalError?) {
        guard error != nil || unopened != nil else { return }
        unopened = error
        noteJournal()
        paint()
    }

    /// Why the configuration's file is not taken; nil once it is.
    func note(unread reason: String?) {
        ui.note(unread: reason, at: world.now)
        paint()
    }

    private func noteJournal() {
        let problem = unopened ?? engine?.journalProblem
        ui.note(unrecorded: problem?.description, at: world.now)
    }

    /// Takes what comes from the terminal until somebody quits.
    func run() async -> Outcome {
        await withCheckedContinuation { ending in
            self.ending = ending
            screen.listen { [weak self] in self?.take($0) }
        }
    }

    private func take(_ event: TerminalEvent) {
        switch event {
        case .input(let input): take(input)
        case .message(let line): ui.say(line.harmless, isWarning: true, at: world.now)
        case .hangup: end(Outcome(.ok, ""))
        case .terminate(let signal): end(ended(by: signal))
        }
    }

    /// What comes after the end is not for us.
    private func end(_ outcome: Outcome) {
        ending?.resume(returning: outcome)
        ending = nil
    }

    private func take(_ input: TerminalInput) {
        guard ending != nil else { return }
        followLater()
        let intents = ui.update(input, world: world, size: screen.size, memory: memory)
        for intent in intents { obey(intent) }
        if ending != nil { paint() }
    }

    /// The column beside the lists follows the selection once the keys rest.
    private func followLater() {
        ui.holdBeside(world)
        if let following { UILoop.shared.cancel(following) }
        following = UILoop.shared.after(.milliseconds(60)) { [weak self] in
            guard let self, ui.releaseBeside() else { return }
            paint()
        }
    }

    private func obey(_ intent: Intent) {
        switch intent {
        case .quit: end(Outcome(.ok, ""))
        case .suspend: screen.suspend()
        case .redraw: screen.redraw()
        case .refresh: engine?.refresh()
        case .copy(let text): screen.copy(text)
        case .mouse(let isWatched): screen.watchMouse(isWatched)
        case .theme(let name):
            if let theme = themes.theme(name) { screen.use(theme) }
        case .incident(let name): demo?.inject(name)
        case .order(let order, let alerts): request(.order(order, on: alerts), for: alerts)
        case .mute(let matchers, let until, let comment):
            request(.mute(matchers, until: until, comment: comment))
        case .unmute(let mute): request(.unmute(mute))
        }
    }

    /// What the alert store made of an order.
    func answer(_ answer: OrderAnswer, _ fingerprints: [String]) {
        ui.answered(answer, of: fingerprints, in: newest)
        paintNewest()
    }

    /// Interrupting is how people quit; the others are told to the shell as it expects.
    private func ended(by signal: Int32) -> Outcome {
        signal == SIGINT || signal == SIGHUP ? Outcome(.ok, "") : Outcome(signal: signal)
    }
}
