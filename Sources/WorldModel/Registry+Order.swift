// Registry, order: the sickest services first, mended change by change.
import Events

extension Registry {
    /// Where a service stands in ``sickestFirst``; nil where it is not known.
    package func place(of name: String) -> Int? {
        guard let service = services[name] else { return nil }
        let place = place(of: service)
        return place < sickestFirst.count && sickestFirst[place].name == name ? place : nil
    }

    /// Takes how loud the loudest alert of each service is that fires.
    mutating func take(loudness: [String: Severity]) {
        let earlier = self.loudness
        guard loudness != earlier else { return }
        self.loudness = loudness
        var (removed, added): ([Service], [Service]) = ([], [])
        for name in Set(loudness.keys).union(earlier.keys) where loudness[name] != earlier[name] {
            guard let before = services[name] else { continue }
            let after = Service(
                name: name, instances: before.instances, changed: before.changed,
                loudest: loudness[name])
            services[name] = after
            removed.append(before)
            added.append(after)
        }
        reorder(removed: removed, added: added)
    }

    /// Mends the order: few changes are moved, many are sorted anew.
    mutating func reorder(removed: [Service], added: [Service]) {
        guard !removed.isEmpty || !added.isEmpty else { return }
        revision += 1
        if removed.count + added.count > 64 {
            let changed = Set(removed.map(\.name))
            sickestFirst.removeAll { changed.contains($0.name) }
            sickestFirst += added
            sickestFirst.sort(by: Service.isSicker)
            return
        }
        for service in removed {
            let place = place(of: service)
            guard place < sickestFirst.count, sickestFirst[place] === service else { continue }
            sickestFirst.remove(at: place)
        }
        for service in added { sickestFirst.insert(service, at: place(of: service)) }
    }

    /// The first place whose service is not sicker than `service`.
    private func place(of service: Service) -> Int {
        var (low, high) = (0, sickestFirst.count)
        while low < high {
            let middle = (low + high) / 2
            if Service.isSicker(sickestFirst[middle], service) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
