import Events
import Testing

@testable import clawtop

struct TransitionLogTests {
    @Test func `the life of an alert is told line by line`() {
        var story = Story()
        story.take(.store(.listed(ledgers: [], mutes: [])))
        story.alert(.pending)
        story.alert(.firing)
        story.pass(10)
        story.acknowledge(for: 600)
        story.pass(10)
        story.alert(.resolved)
        story.alert(nil)
        #expect(
            story.events() == ["store_found", "pending", "firing", "acknowledged", "resolved"])
    }

    @Test func `an alert whose rule is gone is resolved, once`() {
        var story = Story()
        story.alert(.firing)
        story.replaceRule()
        story.pass(10)
        #expect(story.events().filter { !$0.hasPrefix("store") } == ["firing", "resolved"])
    }

    @Test func `an acknowledgement that ends by itself is broken, with the reason in words`() {
        var story = Story()
        story.alert(.firing)
        story.acknowledge(for: 60)
        _ = story.events()
        story.pass(61)
        #expect(
            story.lines == [
                #"{"time":"2026-11-23T12:01:01Z","event":"broken","environment":"shop","#
                    + #""fingerprint":"00000000000000a1","name":"Slow","severity":"critical","#
                    + #""labels":{"alertname":"Slow","service":"payment","severity":"critical"},"#
                    + #""value":3.0,"since":"2026-11-23T12:00:00Z","summary":"it is slow","#
                    + #""by":"grace@desk","reason":"ack expired"}"#
            ])
        story.write(.broken(.expired))
        story.pass(1)
        #expect(story.events() == ["broken"])
    }

    @Test func `an alert that is over for long and fires again breaks its acknowledgement, once`() {
        var story = Story()
        story.alert(.firing)
        story.acknowledge(for: 36_000)
        story.pass(10)
        story.alert(.resolved)
        story.alert(nil)
        story.pass(3600)
        _ = story.events()
        story.alert(.firing)
        #expect(
            story.lines.last?.contains(
                #""by":"grace@desk","reason":"it was resolved and fires again""#) == true)
        #expect(story.events() == ["firing", "broken"])
        // It flaps.
        story.pass(10)
        story.alert(.resolved)
        story.pass(10)
        story.alert(.firing)
        #expect(story.events() == ["resolved", "firing"])
        story.acknowledge(for: 36_000)
        story.alert(.resolved)
        story.pass(3600)
        story.alert(.firing)
        #expect(story.events() == ["acknowledged", "resolved", "firing", "broken"])
    }

    @Test func `what was broken before anybody looked is not told`() {
        var story = Story()
        story.alert(.firing)
        story.acknowledge(for: 60)
        story.write(.broken(.expired))
        story.pass(60)
        story.beginAnew()
        story.pass(1)
        #expect(story.events() == ["firing"])
    }

    @Test func `what is given back, muted and unmuted is told`() {
        var story = Story()
        story.alert(.firing)
        story.acknowledge(for: 600)
        story.write(.unacknowledged, by: grace)
        story.mute(for: 60)
        #expect(
            story.lines.last?.contains(#""by":"grace@desk","until":"2026-11-23T12:01:00Z""#) == true
        )
        story.pass(61)
        #expect(
            story.events().suffix(4) == ["acknowledged", "unacknowledged", "muted", "unmuted"])
    }

    @Test func `what never fired becomes inactive`() {
        var story = Story()
        story.alert(.pending)
        story.alert(nil)
        #expect(story.events() == ["pending", "inactive"])
    }

    @Test func `an engine that begins anew does not repeat what fires`() {
        var story = Story()
        story.alert(.firing)
        _ = story.events()
        story.take(.started(SessionStart(environment: "shop", feeds: [], traceWindow: .zero)))
        story.alert(.firing)
        #expect(!story.events().contains("firing"))
    }

    @Test func `an engine that has not evaluated anything yet makes nothing inactive`() {
        var story = Story()
        story.alert(.pending)
        story.take(.started(SessionStart(environment: "shop", feeds: [], traceWindow: .zero)))
        story.pass(1)
        story.alert(.pending)
        #expect(story.events() == ["pending"])
    }

    @Test func `the store and the lead are lost and found`() {
        var story = Story()
        story.take(.store(.listed(ledgers: [], mutes: [])))
        story.look(isLeading: true)
        story.take(.store(.lost(reason: "the disk is full")))
        #expect(story.lines.contains { $0.contains(#""reason":"the disk is full""#) })
        story.take(.store(.changed(ledgers: [], mutes: [])))
        // Each look from within the story is one of a follower.
        #expect(
            story.events() == [
                "store_found", "leader_gained", "store_lost", "leader_lost", "store_found",
            ])
    }

    @Test func `what is damaged in the store is told once`() {
        var story = Story()
        story.take(.store(.listed(ledgers: [], mutes: [])))
        _ = story.events()
        story.take(.store(.remarked(["a is damaged"])))
        story.take(.store(.remarked(["a is damaged", "b is damaged"])))
        #expect(story.lines.count { $0.contains("a is damaged") } == 1)
        #expect(story.events() == ["store_damaged", "store_damaged"])
    }
}

struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:9464", "127.0.0.1", 9464), ("[::1]:9464", "::1", 9464), (":9464", "::", 9464),
        ("localhost:1", "127.0.0.1", 1),
    ])
    func `an address is a host and a port`(text: String, host: String, port: UInt16) throws {
        let address = try ListenAddress(text)
        #expect(address.host == host && address.port == port)
    }

    @Test(arguments: ["", "9464", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:0", ":70000"])
    func `without a port it is none`(text: String) {
        #expect(throws: (any Error).self) { try ListenAddress(text) }
    }
}
