// SilenceSyncTests: which mutes and silences are to be changed so that both say the same.
import Events
import Feeds
import TestKit
import Testing

private func silence(
    _ id: String, of mute: Mute, until: Int? = nil, expired: Bool = false,
    _ change: (inout Mute) -> Void = { _ in }
) -> Mute {
    var silence = mute
    (silence.id, silence.comment, silence.feed) = (id, mute.markedComment, "am/metrics")
    silence.start = .second(1010)
    if let until { silence.until = .second(until) }
    if expired {
        silence.ended = Mute.Ending(at: silence.until, by: Person(user: "am/metrics", host: ""))
    }
    change(&silence)
    return silence
}

/// What is to be done, a word each.
private func plan(_ ours: [Mute], _ theirs: [Mute], at now: Int = 2000) -> String {
    let sync = SilenceSync(ours: ours, theirs: theirs, at: .second(now))
    let words =
        sync.create.map { "create \($0.id)" }
        + sync.update.map { "update \($0.silence)" }
        + sync.expire.map { "expire \($0)" }
        + sync.adopt.map { $0.ended == nil ? "change \($0.id)" : "end \($0.id)" }
    return words.joined(separator: ", ")
}

struct SilenceSyncTests {
    private let mute = AlertmanagerKit.mute()

    @Test func `a mute without a silence gets one, unless it is over`() {
        var ended = mute
        ended.ended = Mute.Ending(at: .second(1500), by: mute.by)
        var foreign = mute
        foreign.feed = "other/metrics"
        #expect(plan([mute], []) == "create m1")
        #expect(plan([mute], [], at: 500) == "create m1", "it begins later")
        #expect(plan([mute], [], at: 4600) == "")
        #expect(plan([ended], []) == "")
        #expect(plan([foreign], []) == "", "it is another Alertmanager's")
    }

    @Test func `a mute whose silence says the same is left alone`() {
        #expect(plan([mute], [silence("s1", of: mute)]) == "")
        #expect(plan([], [silence("s1", of: mute)]) == "", "of a store that is not ours")
        let plain = silence("s1", of: mute) { $0.comment = "deploy" }
        #expect(plan([mute], [plain]) == "create m1", "nobody knows whose it is")
    }

    @Test func `what changed here is updated there, and keeps its start`() {
        var longer = mute
        (longer.until, longer.revision) = (.second(9000), 2)
        let sync = SilenceSync(
            ours: [longer], theirs: [silence("s1", of: mute)], at: .second(2000))
        #expect(sync.update.map(\.silence) == ["s1"])
        #expect(sync.update[0].mute.start == .second(1010))
        #expect(sync.update[0].mute.until == .second(9000))
        #expect(sync.update[0].mute.markedComment == "deploy [clawtop:m1.2]")
        #expect(sync.adopt.isEmpty && sync.create.isEmpty && sync.expire.isEmpty)
    }

    @Test func `what changed there is changed here`() {
        let later = silence("s1", of: mute, until: 9000)
        #expect(plan([mute], [later]) == "change m1")
        let adopted = SilenceSync(ours: [mute], theirs: [later], at: .second(2000)).adopt[0]
        #expect(adopted.until == .second(9000))
        #expect(adopted.comment == "deploy")
        #expect(adopted.revision == 1, "by which the store knows that nobody was first")
        let wider = silence("s2", of: mute) { $0.matchers = [LabelMatcher("zone", "eu")] }
        let old = silence("s1", of: mute, until: 1900, expired: true)
        #expect(plan([mute], [old, wider]) == "change m1", "its id is another one then")
    }

    @Test func `a mute that is over ends its silence`() {
        var ended = mute
        (ended.ended, ended.revision) = (Mute.Ending(at: .second(1500), by: mute.by), 2)
        #expect(plan([ended], [silence("s1", of: mute)]) == "expire s1")
        #expect(plan([ended], [silence("s1", of: mute, until: 1600, expired: true)]) == "")
    }

    @Test func `a silence that was ended there ends the mute, one whose time came does not`() {
        let early = silence("s1", of: mute, until: 1800, expired: true)
        #expect(plan([mute], [early]) == "end m1")
        let ended = SilenceSync(ours: [mute], theirs: [early], at: .second(2000)).adopt[0]
        #expect(ended.ended?.at == .second(1800))
        #expect(ended.ended?.by.description == "am/metrics")
        let due = silence("s1", of: mute, expired: true)
        #expect(plan([mute], [due], at: 4599) == "", "its clock is ahead of ours")
        var again = mute
        again.revision = 2
        #expect(plan([again], [early]) == "create m1", "ours changed since")
    }

    @Test func `of two silences of one mute the one that is up to date stays`() {
        var changed = mute
        changed.revision = 2
        let (old, new) = (silence("s1", of: mute), silence("s2", of: changed))
        #expect(plan([changed], [old, new]) == "expire s1")
        #expect(plan([mute], [old, silence("s3", of: mute)]) == "expire s3")
    }

    @Test func `a round of it comes to rest`() {
        var (store, there) = ([mute], [Mute]())
        var rounds: [String] = []
        for _ in 1...3 {
            rounds.append(plan(store, there))
            let sync = SilenceSync(ours: store, theirs: there, at: .second(2000))
            there += sync.create.map { silence("s1", of: $0) }
            for change in sync.update { there = [silence(change.silence, of: change.mute)] }
            for var mute in sync.adopt {
                mute.revision += 1
                store = [mute]
            }
            if rounds.count == 1 { there = [silence("s1", of: mute, until: 3000)] }
        }
        #expect(rounds == ["create m1", "change m1", "update s1"])
        #expect(plan(store, there) == "")
    }

    @Test(arguments: [
        ("", "[clawtop:m1.7]"), ("[clawtop:x.1]", "[clawtop:x.1] [clawtop:m1.7]"),
        ("two words ", "two words  [clawtop:m1.7]"),
    ])
    func `the mark ends the comment and is taken off again`(comment: String, marked: String) {
        let mute = AlertmanagerKit.mute(comment: comment, revision: 7)
        #expect(mute.markedComment == marked)
        var silence = mute
        silence.comment = marked
        #expect(silence.mark == SilenceMark(mute: "m1", revision: 7))
        #expect(silence.ownComment == comment)
    }

    @Test(arguments: [
        "deploy", "[clawtop:]", "[clawtop:m1]", "[clawtop:m1.x]", "[clawtop:.1]", "[clawtop:m.1] !",
        "clawtop:m1.1]", "[clawtop:m1.99999999999999999999]",
    ])
    func `what is no mark is a comment`(comment: String) {
        let silence = AlertmanagerKit.mute(comment: comment)
        #expect(silence.mark == nil)
        #expect(silence.ownComment == comment)
    }
}
