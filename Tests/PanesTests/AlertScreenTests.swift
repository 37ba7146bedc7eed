// Alerts and rules, as pictures at three sizes.
import Drawing
import Events
import TestKit
import Testing
import WorldModel

@testable import Panes

struct AlertScreenTests {
    static let sizes = [Size.small, .large, .folded]

    private func expectPicture(
        of world: World, after keys: String = "", size: Size, named name: String
    ) throws {
        var ui = UIState()
        for key in keys {
            let typed: Key = key == "\r" ? .enter : .character(key)
            _ = ui.update(.key(typed), world: world, size: size)
        }
        try expectSnapshot(
            Screen.draw(world, ui, size: size), named: "\(name)-\(size.width)x\(size.height)")
    }

    @Test(arguments: sizes + [Size(250, 70)])
    func `what fires stands above all`(size: Size) throws {
        try expectPicture(of: alarmed(), size: size, named: "alarm-overview")
    }

    @Test(arguments: sizes)
    func `a view of its own has all alerts, by state`(size: Size) throws {
        try expectPicture(of: alarmed(), after: "7", size: size, named: "alarm-alerts")
    }

    @Test(arguments: sizes)
    func `the card of an alert says what, how bad, since when and what to do`(size: Size) throws {
        try expectPicture(of: alarmed(), after: "7j\r", size: size, named: "alarm-card")
    }

    @Test(arguments: sizes)
    func `rules that fail stand first, and files that cannot be read above them`(
        size: Size
    ) throws {
        let world = alarmed(problems: [
            "rules/mesh.yaml: line 12, column 9: expr: unclosed left parenthesis; close it"
        ])
        try expectPicture(of: world, after: "8", size: size, named: "alarm-rules")
    }

    @Test func `a rule is shown whole`() throws {
        try expectPicture(of: alarmed(), after: "8\r", size: .small, named: "alarm-rule")
    }

    @Test(arguments: [Size.small, .large])
    func `the card of a service begins with its alerts`(size: Size) throws {
        try expectPicture(of: alarmed(), after: "\r", size: size, named: "alarm-service")
    }

    @Test(arguments: sizes)
    func `a storm of alerts leaves room for what they are about`(size: Size) throws {
        var world = incident()
        world.conclude(Alarm.storm(4000))
        try expectPicture(of: world, size: size, named: "alarm-storm")
    }

    @Test func `where nothing fires one line says so`() throws {
        var world = incident()
        world.conclude(AlertReport(rules: Array(Alarm.rules.prefix(4))))
        try expectPicture(of: world, size: .small, named: "alarm-quiet")
    }
}
