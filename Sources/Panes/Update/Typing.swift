// Typing: the prompt's keys, the filter as it is typed, and commands by name.
import Drawing
import Wording
import WorldModel

extension UIState {
    mutating func startFilter(_ reach: Reach) {
        let focused = page.focused(scene(reach.world))
        var list = page.lists[focused] ?? ListState()
        if list.filter == nil {
            list.unfiltered = ListState.Position(selected: list.selected, line: list.line)
        }
        page.lists[focused] = list
        mode = .typing(Prompt(.filter, text: list.filter?.text ?? ""))
    }

    mutating func edit(_ prompt: Prompt, _ key: Key, _ reach: Reach) -> [Intent] {
        var prompt = prompt
        switch key {
        case .escape: return cancel(prompt, reach)
        case .enter: return accept(prompt, reach)
        case .character(let character): prompt.type(String(character))
        case .backspace:
            if prompt.text.isEmpty { return cancel(prompt, reach) }
            prompt.erase()
        case .control("u"): prompt.text = ""
        case .control("w"): prompt.eraseWord()
        case .tab: complete(&prompt, by: 1)
        case .backTab: complete(&prompt, by: -1)
        case .up: recall(&prompt, by: 1)
        case .down: recall(&prompt, by: -1)
        default: return []
        }
        typed(prompt, reach)
        return []
    }

    /// Shows what is typed; a filter works as it is typed, a bad one leaves the old result.
    mutating func typed(_ prompt: Prompt, _ reach: Reach) {
        var prompt = prompt
        prompt.preview = preview(prompt, reach.world)
        if prompt.kind == .filter { prompt.error = filter(by: prompt.text, reach) }
        mode = .typing(prompt)
    }

    /// Returns why the filter cannot be used.
    private mutating func filter(by text: String, _ reach: Reach) -> String? {
        let scene = scene(reach.world)
        let focused = page.focused(scene)
        var list = page.lists[focused] ?? ListState()
        do {
            let filter = try Filter(text, fields: focused.section.fields)
            if filter.terms.isEmpty {
                list.unfilterForNow()
            } else {
                list.filter = filter
            }
            list.mend(focused.section, scene)
            if focused.section.isText { list.findFirst(focused.section, scene) }
            page.lists[focused] = list
            return nil
        } catch {
            return error.description
        }
    }

    private mutating func cancel(_ prompt: Prompt, _ reach: Reach) -> [Intent] {
        mode = .browsing
        guard prompt.kind == .filter else { return [] }
        let focused = page.focused(scene(reach.world))
        page.lists[focused]?.unfilter()
        arrange(shown(reach.world), evenFocused: true)
        return []
    }

    private mutating func accept(_ prompt: Prompt, _ reach: Reach) -> [Intent] {
        mode = .browsing
        guard prompt.kind == .palette else {
            guard prompt.kind == .filter else { return order(prompt, reach) }
            if let error = prompt.error { say(error, isWarning: true, at: reach.world.now) }
            return []
        }
        let text = prompt.text.split(separator: " ").joined(separator: " ")
        guard !text.isEmpty else { return [] }
        remember(text)
        return execute(text, chosen: prompt.chosen, reach)
    }

    private mutating func remember(_ text: String) {
        history.removeAll { $0 == text }
        history.append(text)
        if history.count > 50 { history.removeFirst() }
    }

    /// Runs the entry of that name, else the one chosen among those that fit.
    private mutating func execute(_ text: String, chosen: Int, _ reach: Reach) -> [Intent] {
        let candidates = Palette.candidates(text, self)
        let exact = chosen == 0 ? candidates.first { $0.name == text } : nil
        let fuzzy = candidates.indices.contains(chosen) ? candidates[chosen] : nil
        guard let entry = exact ?? fuzzy else {
            let names = Palette.entries(self).map(\.name)
            let remedy = suggestion(for: text, among: names)
            say("no command :\(text.prefix(60))\(remedy)", isWarning: true, at: reach.world.now)
            return []
        }
        switch entry.action {
        case .command(let command): return run(command, reach)
        case .intent(let intent): return [intent]
        case .place(let place):
            push(place)
            arrange(shown(reach.world), evenFocused: true)
            return []
        }
    }

    /// Takes the chosen candidate's name into the line, or goes to the next one.
    private func complete(_ prompt: inout Prompt, by step: Int) {
        guard prompt.kind == .palette else { return }
        let candidates = Palette.candidates(prompt.text, self)
        guard !candidates.isEmpty else { return }
        if candidates.count == 1 {
            prompt = Prompt(.palette, text: candidates[0].name)
        } else {
            let count = min(8, candidates.count)
            prompt.chosen = (prompt.chosen + step + count) % count
        }
    }

    private func recall(_ prompt: inout Prompt, by step: Int) {
        guard prompt.kind == .palette else { return }
        let place = min(max(0, prompt.recalled + step), history.count)
        guard place != prompt.recalled else { return }
        let text = place == 0 ? "" : history[history.count - place]
        prompt = Prompt(.palette, text: text)
        prompt.recalled = place
    }

    mutating func choose(_ chosen: Int, _ key: Key) -> [Intent] {
        let count = Incident.menu.count
        switch key {
        case .character("j"), .down: mode = .incidents((chosen + 1) % count)
        case .character("k"), .up: mode = .incidents((chosen + count - 1) % count)
        case .enter:
            mode = .browsing
            return [.incident(Incident.menu[chosen].name)]
        case .escape, .character("q"), .character("!"): mode = .browsing
        default: return []
        }
        return []
    }
}

extension ListState {
    /// Shows all while the filter's line is empty, as it was before the filter.
    fileprivate mutating func unfilterForNow() {
        filter = nil
        if let unfiltered { (selected, line) = (unfiltered.selected, unfiltered.line) }
    }

    /// Goes to the first line that is found.
    fileprivate mutating func findFirst(_ section: any Section, _ scene: Scene) {
        guard let filter else { return }
        let found = (0..<rows.count).first { filter.isFound(in: section.searched(rows[$0], scene)) }
        if let found { read(from: found, atMost: rows.count - 1) }
    }
}
