// Going: to another page and back.
import Drawing
import Events
import WorldModel

extension UIState {
    mutating func go(_ command: Command, _ reach: Reach) {
        let scene = scene(reach.world)
        let row = page.lists[page.focused(scene)]?.current
        let service = selectedService(scene)
        pin()
        switch command {
        case .help: push(.help)
        case .changes: push(.changes)
        case .view(let view): show(view)
        case .about(let view): if let service { push(.about(view, service)) }
        case .card: if let service { push(.service(service)) }
        case .dependencies: if let service { push(.dependencies(service)) }
        case .raw: if let row { push(.raw(row)) }
        case .open: if let row { open(row, scene) }
        default: return
        }
        arrange(shown(reach.world), evenFocused: true)
        lastNavigation = nil
    }

    /// Unfolds a row of a tree; else opens its page.
    private mutating func open(_ row: RowID, _ scene: Scene) {
        let focused = page.focused(scene)
        let isTree = [SectionKind.registry, .traffic, .configurations, .alerts].contains(focused)
        if isTree, !focused.section.children(of: row, scene).isEmpty, !place.isFlat {
            var list = page.lists[focused] ?? ListState()
            if list.expanded.remove(row) == nil { list.expanded.insert(row) }
            if list.selected == nil { list.selected = row }
            page.lists[focused] = list
            return
        }
        switch row {
        case .service(let name): push(.service(name))
        case .saga(let saga): push(.saga(saga))
        case .alert(let alert): push(.alert(alert))
        case .rule(let rule): push(.rule(rule))
        case .call: scene.service(of: row).map { push(.service($0)) }
        case .instance, .check, .step, .feed, .configuration, .field, .operation, .problem,
            .mute, .alerts:
            push(.raw(row))
        case .change: push(scene.service(of: row).map { .service($0) } ?? .raw(row))
        case .line: return
        }
    }

    /// One step: the filter, then an open group, then the page, then the view; at last the selection.
    mutating func back(_ reach: Reach) {
        let scene = scene(reach.world)
        let focused = page.focused(scene)
        if page.lists[focused]?.filter != nil {
            page.lists[focused]?.unfilter()
        } else if page.lists[focused]?.closeGroup(focused.section, scene) != true {
            if page.isZoomed {
                page.isZoomed = false
            } else if pop() {
                return arrive(reach)
            } else {
                page.lists[focused]?.followFirst()
            }
        }
        arrange(shown(reach.world), evenFocused: true)
        lastNavigation = nil
    }

    /// Keeps the selection on the row from which one leaves, so that one comes back to it.
    private mutating func pin() {
        for kind in page.lists.keys {
            if page.lists[kind]?.selected == nil, let row = page.lists[kind]?.current {
                page.lists[kind]?.selected = row
            }
        }
    }

    /// Back on a page: what was the first row and still is, is followed again.
    private mutating func arrive(_ reach: Reach) {
        lastNavigation = nil
        arrange(shown(reach.world), evenFocused: true)
        for kind in page.lists.keys where page.lists[kind]?.index == 0 {
            page.lists[kind]?.followFirst()
        }
    }

    mutating func close(_ reach: Reach) -> [Intent] {
        guard pop() else { return [.quit] }
        arrive(reach)
        return []
    }
}

extension Place {
    /// Its rows are unfolded already.
    fileprivate var isFlat: Bool {
        switch self {
        case .service, .about(.traces, _): true
        default: false
        }
    }
}

extension ListState {
    /// Back to where one was before the filter.
    mutating func unfilter() {
        filter = nil
        if let unfiltered { (selected, line) = (unfiltered.selected, unfiltered.line) }
        unfiltered = nil
    }
}
