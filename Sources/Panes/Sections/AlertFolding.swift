// AlertFolding: in a storm the alerts of one name share a row, which opens.
import Events
import WorldModel

extension AlertRows {
    /// What is about one service, or of one rule, is what one came for.
    private func folds(_ scene: Scene) -> Bool {
        scene.subject == nil
            && (scene.place == .view(.overview) || scene.place == .view(.alerts))
    }

    func folded(_ rows: Rows, _ scene: Scene) -> Rows {
        let alerts = scene.world.alerts
        guard folds(scene), !alerts.folded.entries.isEmpty else { return rows }
        let entries =
            scene.place == .view(.alerts) ? alerts.folded.entries[...] : alerts.folded.open
        return .list(
            entries.map { entry in
                switch entry {
                case .alert(let place): .alert(alerts.all[place].id)
                case .group(let id): .alerts(id)
                }
            })
    }

    func children(of id: RowID, _ scene: Scene) -> [RowID] {
        guard case .alerts(let group) = id else { return [] }
        return scene.world.alerts.ids(of: group).map { .alert($0) }
    }

    func group(of id: RowID, _ scene: Scene) -> RowID? {
        guard folds(scene) else { return nil }
        if case .alerts = id { return id }
        return scene.alert(id).flatMap(scene.world.alerts.group).map { .alerts($0.id) }
    }
}

extension Scene {
    /// The alerts that a row stands for.
    func alerts(_ row: RowID) -> [AlertRecord] {
        guard case .alerts(let group) = row else { return alert(row).map { [$0] } ?? [] }
        return world.alerts.members(of: group)
    }
}
