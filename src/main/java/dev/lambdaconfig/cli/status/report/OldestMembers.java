package dev.lambdaconfig.cli.status.report;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The oldest few of many members. */
final class OldestMembers {

  private final int most;
  private final PriorityQueue<FleetMember> newestFirst =
      new PriorityQueue<>(FleetMember.OLDEST_FIRST.reversed());

  OldestMembers(int most) {
    this.most = most;
  }

  void add(FleetMember member) {
    newestFirst.add(member);
    if (newestFirst.size() > most) {
      newestFirst.remove();
    }
  }

  /** Returns them, the oldest first. */
  List<FleetMember> list() {
    Comparator<FleetMember> order = FleetMember.OLDEST_FIRST;
    return newestFirst.stream().sorted(order).toList();
  }
}
