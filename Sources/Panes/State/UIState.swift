// UIState: where one viewer is looking; never recorded, never shared.
package import Drawing
package import Events
package import WorldModel

/// The whole of what a viewer has chosen; the world knows nothing of it.
package struct UIState: Sendable {
    package var themes: [String]
    package var isDemo: Bool
    package var glyphs: Glyphs
    /// Who acknowledges here; nil where nobody is known.
    package var viewer: Person?
    /// Alerts, by fingerprint, for which the store has been asked and has not answered.
    var acking: Set<String> = []

    /// The way here, the view first.
    package private(set) var pages = [Page(.view(.overview))]
    var mode = Mode.browsing
    var pause: Pause?
    /// The time of the world when a key last moved something.
    var lastNavigation: Instant?
    var history: [String] = []
    package private(set) var message: Message?
    package private(set) var messages: [Message] = []
    /// Why what is seen is not written down; nil while it is.
    private(set) var unrecorded: String?
    /// Why the configuration's file is not what is gone by; nil while it is.
    private(set) var unread: String?
    private var seen: Stamp?
    /// Whom the column beside the lists stays with while the selection moves on; nil: the selection.
    private(set) var heldSubject: String?

    package init(themes: [String] = [], isDemo: Bool = false, glyphs: Glyphs = .unicode) {
        (self.themes, self.isDemo, self.glyphs) = (themes, isDemo, glyphs)
    }

    var page: Page {
        get { pages[pages.count - 1] }
        set { pages[pages.count - 1] = newValue }
    }

    package var place: Place { page.place }

    /// The row under the cursor.
    package func selected(in world: World) -> RowID? {
        page.lists[page.focused(scene(world))]?.current
    }

    /// What is shown: the world as it was when painting was paused, else as it is.
    func shown(_ world: World) -> World { pause?.world ?? world }

    func scene(_ world: World) -> Scene {
        var scene = Scene(shown(world), place)
        (scene.glyphs, scene.isDemo, scene.messages) = (glyphs, isDemo, messages)
        scene.acking = acking
        scene.text = page.text
        return scene
    }

    mutating func push(_ place: Place) {
        guard place != page.place else { return }
        pages.append(Page(place))
        if pages.count > 32 { pages.remove(at: 1) }
    }

    /// Takes the last page off; false where it is the only one.
    mutating func pop() -> Bool {
        guard pages.count > 1 else { return false }
        pages.removeLast()
        return true
    }

    mutating func show(_ view: View) {
        guard pages.count > 1 || page.place != .view(view) else { return }
        let overview = pages[0]
        pages = view == .overview ? [overview] : [overview, Page(.view(view))]
    }

    /// Shows a line until the next key, and keeps it.
    package mutating func say(_ text: String, isWarning: Bool = false, at now: Instant) {
        let message = Message(text: text, isWarning: isWarning, at: now)
        self.message = message
        messages.append(message)
        if messages.count > 200 { messages.removeFirst() }
    }

    /// Why nothing can be acknowledged; nil where it can.
    var refusal: String? {
        pause == nil ? nil : "paused: what is shown may be over; p goes on"
    }

    /// What is said while somebody types waits until they can see it.
    mutating func clearMessage() {
        if case .browsing = mode { message = nil }
    }

    /// Takes note of whether what is seen is written down; tells once where that changes.
    package mutating func note(unrecorded reason: String?, at now: Instant) {
        guard reason != unrecorded else { return }
        unrecorded = reason
        say(reason ?? "what is seen is recorded again", isWarning: reason != nil, at: now)
    }

    /// Takes note of whether the configuration's file can be gone by; tells where that changes.
    package mutating func note(unread reason: String?, at now: Instant) {
        guard reason != unread else { return }
        unread = reason
        let words = reason.map { "not taken: \($0)" }
        say(words ?? "the configuration is taken again", isWarning: reason != nil, at: now)
    }

    /// Keeps the column beside the lists as it is, so that moving stays light.
    package mutating func holdBeside(_ world: World) {
        guard heldSubject == nil else { return }
        heldSubject = subject(in: scene(world))
    }

    /// Lets the column beside the lists follow the selection again; false where it was not held.
    package mutating func releaseBeside() -> Bool {
        defer { heldSubject = nil }
        return heldSubject != nil
    }

    /// Whom the column beside the lists is about.
    func besideSubject(in scene: Scene) -> String? { heldSubject ?? subject(in: scene) }

    /// The service that the selected row belongs to.
    func subject(in scene: Scene) -> String? {
        func selected(_ kind: SectionKind) -> String? {
            page.lists[kind]?.current.flatMap(scene.service)
        }
        return selected(page.focused(scene)) ?? scene.sections.lazy.compactMap(selected).first
            ?? scene.subject
    }

    /// Mends what is kept between frames; call it with every new snapshot.
    package mutating func look(at world: World) {
        let world = shown(world)
        let stamp = Stamp(world)
        guard stamp != seen else { return }
        seen = stamp
        arrange(world)
    }

    /// Orders the lists of the page anew, but for the one that the viewer moves in.
    mutating func arrange(_ world: World, evenFocused: Bool = false) {
        var scene = scene(world)
        let focused = page.focused(scene)
        let kinds = scene.sections
        if kinds.contains(.text) {
            page.text = TextRows.lines(scene)
            scene.text = page.text
        }
        for kind in kinds where kind.isList {
            var list = page.lists[kind] ?? ListState()
            // What comes and goes moves the lists below it, so it waits too.
            let stands =
                kind == focused && list.rows.count > 0
                || kind.comesAndGoes && list.source != nil
            let keeps = stands && isHeld(at: world.now) && !evenFocused
            if !keeps { list.mend(kind.section, scene) }
            page.lists[kind] = list
        }
    }

    /// Whether the order stands still: the viewer moves, or has a dialog open.
    func isHeld(at now: Instant) -> Bool {
        guard case .browsing = mode else { return true }
        guard let lastNavigation, lastNavigation <= now else { return false }
        return now - lastNavigation < .seconds(2)
    }
}

/// Tells two snapshots apart at no cost.
struct Stamp: Hashable, Sendable {
    var now: Instant
    var registry, config, sagas, traces, changes, alerts: Int

    init(_ world: World) {
        now = world.now
        (registry, config) = (world.registry.revision, world.config.revision)
        (sagas, traces) = (world.sagas.revision, world.traces.revision)
        (changes, alerts) = (world.changes.total, world.alerts.revision)
    }
}
