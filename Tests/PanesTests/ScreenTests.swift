// The screens of an incident, as pictures at three sizes.
import Drawing
import TestKit
import Testing
import WorldModel

@testable import Panes

struct ScreenTests {
    @Test(arguments: [Size.small, .large, .folded])
    func `the overview joins what every world knows`(size: Size) throws {
        try expectSnapshot(
            Screen.draw(incident(), UIState(), size: size),
            named: "overview-\(size.width)x\(size.height)")
    }

    @Test(arguments: [Size.small, .large, .folded])
    func `the card tells all of one service`(size: Size) throws {
        try expectPicture(of: .enter, size: size, named: "card")
    }

    @Test(arguments: ["2", "3", "4", "5", "6", "D", "?", "v", "d"] as [Character])
    func `each view is a picture`(key: Character) throws {
        try expectPicture(of: .character(key), size: .small, named: "key-\(key.name)")
    }

    @Test(arguments: ["2", "5"] as [Character])
    func `wide views show what is known of the selected service`(key: Character) throws {
        try expectPicture(of: .character(key), size: .large, named: "key-\(key.name)")
    }

    private func expectPicture(of key: Key, size: Size, named name: String) throws {
        var ui = UIState()
        let world = incident()
        _ = ui.update(.key(key), world: world, size: size)
        try expectSnapshot(
            Screen.draw(world, ui, size: size), named: "\(name)-\(size.width)x\(size.height)")
    }
}

extension Character {
    fileprivate var name: String { self == "?" ? "help" : String(self) }
}
