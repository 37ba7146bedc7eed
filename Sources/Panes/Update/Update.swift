// Update: what a key, a click or a paste does to the state of the viewer.
package import Drawing
package import WorldModel

extension UIState {
    /// Takes one input; returns what the program should do.
    ///
    /// `world` is the newest snapshot, the one that ``look(at:)`` saw last.
    package mutating func update(
        _ input: TerminalInput, world: World, size: Size, memory: PaintMemory? = nil
    ) -> [Intent] {
        look(at: world)
        memory?.begin(shown(world))
        let reach = Reach(world: world, size: size, memory: memory)
        if case .key(let key) = input, case .browsing = mode {
            let command = KeyTable.command(for: key, in: contexts(scene(world)))
            if case .move = command, let command {
                // Nothing but the selection changes: the lists stand as they are.
                clearMessage()
                navigate(command, reach)
                return []
            }
        }
        defer { arrange(shown(world)) }
        switch input {
        case .key(let key): return press(key, reach)
        case .paste(let text):
            guard case .typing(var prompt) = mode else { return [] }
            prompt.type(text)
            typed(prompt, reach)
            return []
        case .click(let x, let y): return click(x: x, y: y, reach)
        case .wheel(let rows, let x, let y):
            wheel(rows, x: x, y: y, reach)
            return []
        case .resized, .focused: return []
        }
    }

    private mutating func press(_ key: Key, _ reach: Reach) -> [Intent] {
        clearMessage()
        switch key {
        case .control("c"): return [.quit]
        case .control("z"): return [.suspend]
        case .control("l"): return [.redraw]
        default: break
        }
        switch mode {
        case .typing(let prompt): return edit(prompt, key, reach)
        case .incidents(let chosen): return choose(chosen, key)
        case .asking(let question): return answer(question, key)
        case .browsing:
            guard let command = KeyTable.command(for: key, in: contexts(scene(reach.world))) else {
                return []
            }
            return run(command, reach)
        }
    }

    /// The contexts that hold now; hints, help and keys go by them.
    func contexts(_ scene: Scene) -> KeyContexts {
        let focused = page.focused(scene)
        let row = page.lists[focused]?.current
        let service = row.flatMap(scene.service) ?? scene.subject
        var contexts: KeyContexts = [.anywhere, pages.count > 1 ? .otherPage : .overview]
        contexts.insert(focused.section.isText ? .text : .list)
        if pages.count > 1 || page.lists[focused]?.filter != nil { contexts.insert(.nested) }
        if scene.sections.count(where: \.isList) > 1 { contexts.insert(.sections) }
        if service != nil { contexts.insert(.service) }
        if case .alert = place, scene.subject != nil { contexts.insert(.alert) }
        if hasAlerts(row, service, scene.world) { contexts.insert(.alertRow) }
        if case .mute = row { contexts.insert(.muteRow) }
        if isDemo { contexts.insert(.demo) }
        return contexts
    }

    private func hasAlerts(_ row: RowID?, _ service: String?, _ world: World) -> Bool {
        switch row {
        case .alert, .alerts: return true
        default: break
        }
        if case .alert = place { return true }
        return service.map { !world.alerts.firing(of: $0).isEmpty } ?? false
    }

    /// The service of the selected row, else the one that the page is about.
    func selectedService(_ scene: Scene) -> String? {
        page.lists[page.focused(scene)]?.current.flatMap(scene.service) ?? scene.subject
    }

    mutating func run(_ command: Command, _ reach: Reach) -> [Intent] {
        switch command {
        case .quit: return [.quit]
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        case .refresh: return [.refresh]
        case .close: return close(reach)
        case .back: back(reach)
        case .copy: return copy(reach)
        case .pause: togglePause(reach.world)
        case .palette: mode = .typing(Prompt(.palette))
        case .incidents: mode = .incidents(0)
        case .filter: startFilter(reach)
        case .help, .view, .about, .card, .dependencies, .changes, .raw, .open: go(command, reach)
        case .move, .shift, .match, .sick, .section, .zoom: navigate(command, reach)
        case .sort, .invert: sort(command, reach)
        case .acknowledge, .acknowledgeWith, .unacknowledge, .mute, .note, .mark:
            return acknowledging(command, reach)
        case .unmute:
            guard case .mute(let id) = page.lists[page.focused(scene(reach.world))]?.current else {
                return []
            }
            return [.unmute(id)]
        }
        return []
    }

    private mutating func togglePause(_ world: World) {
        guard pause == nil else {
            pause = nil
            arrange(world, evenFocused: true)
            return
        }
        pause = Pause(world: world)
    }

    private mutating func copy(_ reach: Reach) -> [Intent] {
        let row = page.lists[page.focused(scene(reach.world))]?.current
        guard let text = row?.copied ?? place.service else {
            say("nothing here has an id to copy", isWarning: true, at: reach.world.now)
            return []
        }
        say("copied \(text)", at: reach.world.now)
        return [.copy(text)]
    }
}

/// What an update may look at.
struct Reach {
    let world: World
    let size: Size
    var memory: PaintMemory?
}
