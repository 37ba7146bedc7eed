import Events
import Testing

@testable import Notifying

struct StoryTests {
    @Test(arguments: [
        (
            "an alert is told once, and once that it is over",
            "0 fire cart\n 90 resolve cart\n 600 end",
            "5 cart fires: first notification\n95 cart is resolved: all alerts resolved"
        ),
        (
            "a storm is one notification",
            "0 fire cart/1\n 2 fire cart/2\n 4 fire cart/3\n 60 end",
            "5 3 alerts of cart fire: first notification"
        ),
        (
            "who joins a group is told after the interval, with the others",
            "0 fire cart/1\n 20 fire cart/2\n 200 end",
            "5 cart fires: first notification\n65 2 alerts of cart fire: new alerts added"
        ),
        (
            "who is worse than the rest of its group does not wait for the interval",
            "0 fire cart/1\n 20 fire cart/2 critical\n 200 end",
            "5 cart fires: first notification\n"
                + "25 2 alerts of cart fire (critical): new alerts added"
        ),
        (
            "what is over before it was told is no news",
            "0 fire cart\n 3 resolve cart\n 600 end", ""
        ),
        (
            "what somebody has is not told, and what it broke by is",
            "0 fire cart\n 2 ack cart\n 100 break cart ack expired\n 200 end",
            "105 cart fires: first notification"
        ),
        (
            "a broken acknowledgement is told again, with the reason",
            "0 fire cart\n 10 ack cart\n 100 break cart ack expired\n 200 end",
            "5 cart fires: first notification\n"
                + "105 cart fires: not acknowledged any more: ack expired"
        ),
        (
            "who has it hears nothing more, but that it is over",
            "0 fire cart\n 10 ack cart\n 20000 resolve cart\n 21000 end",
            "5 cart fires: first notification\n20005 cart is resolved: all alerts resolved"
        ),
        (
            "what nobody has is told again after four hours",
            "0 fire cart\n 14500 end",
            "5 cart fires: first notification\n14410 cart fires: repeat interval elapsed"
        ),
        (
            "what is muted is told when the mute ends and it fires still",
            "0 mute cart\n 0 fire cart\n 100 unmute cart\n 200 end",
            "105 cart fires: first notification"
        ),
        (
            "what was told before it was muted is told to be over",
            "0 fire cart\n 10 mute cart\n 100 resolve cart\n 200 end",
            "5 cart fires: first notification\n105 cart is resolved: all alerts resolved"
        ),
        (
            "a quick flap is not heard",
            "0 fire cart\n 20 resolve cart\n 30 flap cart\n 500 end",
            "5 cart fires: first notification"
        ),
        (
            "who believes that it is over is told better, and then left alone until it is quiet",
            "0 fire cart\n 70 resolve cart\n 100 flap cart\n 200 resolve cart\n 250 flap cart\n"
                + "300 resolve cart\n 1000 end",
            "5 cart fires: first notification\n75 cart is resolved: all alerts resolved\n"
                + "105 cart fires: fires again\n605 cart is resolved: all alerts resolved"
        ),
        (
            "after a restart nobody is told anew, and the end is not forgotten",
            "0 fire cart\n 30 restart\n 100 resolve cart\n 101 restart\n 300 end",
            "5 cart fires: first notification\n106 cart is resolved: all alerts resolved"
        ),
        (
            "who follows tells nothing, and a new leader goes on where the last one stopped",
            "0 fire cart\n 3 follow\n 10 lead\n 40 lead\n 60 fire cart/2\n 200 end",
            "15 cart fires: first notification\n75 2 alerts of cart fire: new alerts added"
        ),
        (
            "a later time is told again, though the end of the first was not",
            "0 fire cart\n 6 resolve cart\n 400 end\n 1000 fire cart\n 1200 end",
            "5 cart fires: first notification\n65 cart is resolved: all alerts resolved\n"
                + "1005 cart fires: fires again"
        ),
        (
            "a receiver that comes back is told late",
            "0 down\n 0 fire cart\n 13 up\n 100 end",
            "5 failed\n6 failed\n8 failed\n12 failed\n20 cart fires: first notification"
        ),
        (
            "who asks for a pause has it",
            "0 asks\n 0 fire cart\n 6 up\n 200 end",
            "5 failed\n95 cart fires: first notification"
        ),
        (
            "a refusal is final, until something is new",
            "0 refuses\n 0 fire cart\n 50 up\n 300 fire shop\n 400 end",
            "5 failed\n305 shop fires: first notification"
        ),
    ])
    func `what a receiver hears`(_ what: String, script: String, heard: String) {
        #expect(Story(script).text == heard, "\(what)")
    }

    @Test func `who is down for long is given up, and told of what comes later`() {
        let story = Story("0 down\n 0 fire cart\n 2000 up\n 2100 fire shop\n 2200 end")
        #expect(story.heard.count { $0.hasSuffix("failed") } < 40)
        #expect(story.heard.last == "2105 shop fires: first notification")
    }

    @Test func `what could not be told is said, until something can`() {
        let down = Story("0 down\n 0 fire cart\n 10 end")
        #expect(down.failure == "hook answered 503: an alert of cart will be told later")
        let refused = Story("0 refuses\n 0 fire cart/1\n 0 fire cart/2\n 10 end")
        #expect(refused.failure == "hook answered 400: 2 alerts of cart could not be told")
        #expect(Story("0 down\n 0 fire cart\n 9 up\n 30 end").failure == nil)
    }

    @Test
    func `of too many groups the worst are told at once, and the others counted and told later`() {
        let names = (10...30).map { "0 fire a\($0)" } + ["0 fire zoo critical", "90 end"]
        let story = Story(names.joined(separator: "\n"))
        #expect(story.heard.count == 22)
        #expect(story.heard.first == "5 zoo fires (critical): first notification")
        #expect(
            story.heard[9]
                == "5 a18 fires: first notification; "
                + "12 more notifications wait: a19, a20, a21 and 9 more")
        #expect(story.heard.last == "77 a30 fires: first notification")
    }

    @Test func `of too many alerts in a group the rest is counted`() {
        let names = (1...500).map { "0 fire cart/\($0)" } + ["10 end"]
        let story = Story(names.joined(separator: "\n"))
        #expect(
            story.heard == ["5 500 alerts of cart fire: first notification; 300 more"])
    }

    @Test func `an Alertmanager is told all that fires again each minute, whoever has it`() {
        let story = Story(
            "0 fire cart\n 3 fire shop\n 10 ack cart\n 130 resolve cart\n 200 end",
            channel: .alertmanager(Secret("http://am")))
        #expect(
            story.heard == [
                "0 cart fires: first notification",
                "3 2 alerts of cart, shop fire: new alerts added",
                "63 2 alerts of cart, shop fire: repeat interval elapsed",
                "123 2 alerts of cart, shop fire: repeat interval elapsed",
                "130 shop fires: some alerts resolved",
                "190 shop fires: repeat interval elapsed",
            ])
        #expect(story.written == ["cart fires", "shop fires", "cart resolved"])
    }

    @Test func `only what is bad enough and matches is told, grouped as was asked`() {
        let story = Story(
            "0 fire a\n 0 fire a/1 critical\n 0 fire a/2 page\n 0 fire b page\n 60 end"
        ) {
            ($0.severity, $0.groupBy) = (.critical, [ReceiverSettings.everyLabel])
            $0.matchers = [LabelMatcher("alertname", "a|c", isRegex: true)]
        }
        #expect(
            story.heard == [
                "5 a fires (critical): first notification",
                "5 a fires (critical): first notification",
            ])
    }

    @Test func `what vanishes and comes back as it was rings no second time`() {
        let story = Story(
            "0 fire a\n 10 hide a\n 20 show a\n 30 hide a\n 40 fire a\n 60 end", channel: .bell
        ) { $0.groupWait = .zero }
        #expect(story.heard.map { $0.prefix { $0 != ":" } } == ["0 a fires", "40 a fires"])
    }

    @Test func `a clock that is put back holds nobody up`() {
        var queue = ReceiverQueue(
            ReceiverSettings(name: "hook", .webhook(Secret("http://x"))), flapWindow: .seconds(300))
        let alert = NotifiedAlert(
            fingerprint: "1", name: "cart", labels: Labels(["alertname": "cart"]),
            since: Instant(milliseconds: 9_000_000))
        #expect(queue.next([alert], at: Instant(milliseconds: 9_000_000)) == nil)
        #expect(queue.next([alert], at: Instant(milliseconds: 1_000_000)) == nil)
        let notice = queue.next([alert], at: Instant(milliseconds: 1_006_000))
        #expect(notice != nil)
        guard let notice else { return }
        _ = queue.delivered(notice, at: Instant(milliseconds: 1_006_000))
        #expect(queue.next([alert], at: Instant(milliseconds: 1_200_000)) == nil)
    }
}
