// Order: a section's rows filtered, sorted and unfolded.

/// All that decides which rows a list shows, and in which order.
struct OrderSource: Hashable, Sendable {
    var stamp: Stamp
    var sort: SortOrder?
    var filter: String?
    var expanded: Set<RowID>
}

extension ListState {
    /// Takes the section's rows as they are now.
    mutating func mend(_ section: any Section, _ scene: Scene) {
        openAroundSelection(section, scene)
        let source = OrderSource(
            stamp: Stamp(scene.world), sort: sort, filter: filter?.text, expanded: expanded)
        guard source != self.source || section.isText else { return }
        self.source = source
        let all = section.rows(scene)
        if section.isText { return showText(all) }
        var rows = all
        if let filter {
            rows = .list(all.ids.filter { filter.holds(for: $0, of: section, scene) })
        }
        let hidden = all.count - rows.count
        if let sort, let field = section.fields.first(where: { $0.name == sort.field }) {
            rows = .list(sorted(rows, by: field, sort, section, scene))
        }
        if isWhole { rows = section.folded(rows, scene) }
        if !expanded.isEmpty {
            var ids: [RowID] = []
            unfold(rows.ids, into: &ids, section, scene)
            rows = .list(ids)
        }
        show(rows, hiding: hidden, in: scene.world)
    }

    /// In its own order, and nothing left out: what one looks for must not be folded away.
    var isWhole: Bool { filter == nil && sort == nil }

    /// What is folded meanwhile does not take the row away that the viewer has chosen.
    private mutating func openAroundSelection(_ section: any Section, _ scene: Scene) {
        guard isWhole, let selected, let group = section.group(of: selected, scene),
            group != selected
        else { return }
        expanded.insert(group)
    }

    /// Closes the open group that the selected row is in; false where it is in none.
    mutating func closeGroup(_ section: any Section, _ scene: Scene) -> Bool {
        guard isWhole, let group = current.flatMap({ section.group(of: $0, scene) }),
            expanded.remove(group) != nil
        else { return false }
        select(group, in: scene.world)
        return true
    }

    /// Rows whose measure is not known stand last, whichever way one sorts.
    private func sorted(
        _ rows: Rows, by field: Field, _ sort: SortOrder, _ section: any Section, _ scene: Scene
    ) -> [RowID] {
        var known: [(id: RowID, measure: Measure)] = []
        var unknown: [RowID] = []
        for id in rows.ids {
            if let measure = section.measure(id, field, scene) {
                known.append((id, measure))
            } else {
                unknown.append(id)
            }
        }
        // Words are read from A on, numbers from the greatest.
        let isAscending = (field.unit == .word) != sort.isInverted
        known.sort { isAscending ? $0.measure < $1.measure : $1.measure < $0.measure }
        return known.map(\.id) + unknown
    }

    private func unfold(
        _ ids: [RowID], into rows: inout [RowID], _ section: any Section, _ scene: Scene
    ) {
        for id in ids {
            rows.append(id)
            guard expanded.contains(id) else { continue }
            unfold(section.children(of: id, scene), into: &rows, section, scene)
        }
    }
}
