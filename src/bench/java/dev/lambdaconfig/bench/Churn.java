package dev.lambdaconfig.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Resources that come and go, specs that are edited, functions that drift, and an API server and an
 * endpoint that restart in turn: each second the same amount of each, in an order by a seed.
 */
final class Churn {

  private static final int CREATED = 20;
  private static final int DELETED = 20;
  private static final int EDITED = 10;
  private static final int DRIFTED = 2;
  private static final long SEED = 12;

  /** The resources that are gone at any time, so that a name does not come back at once. */
  private static final int GONE = 3 * DELETED;

  /** The time between two restarts, of the API server and of the endpoint in turn. */
  private static final Duration BETWEEN_RESTARTS = Duration.ofMinutes(1);

  private static final Duration OUTAGE = Duration.ofSeconds(5);

  private final Fleet fleet;
  private final EndpointGate endpoint;
  private final Random random = new Random(SEED);
  private final List<String> present;
  private final Deque<String> absent = new ArrayDeque<>();
  private int restarts;
  private long created;
  private long edited;
  private long drifted;

  /** Begins with all resources of the fleet present. */
  Churn(Fleet fleet, EndpointGate endpoint) {
    this.fleet = fleet;
    this.endpoint = endpoint;
    this.present = new ArrayList<>(fleet.names());
  }

  /** Whether a fleet has as many resources as it takes. */
  static boolean fits(Setting setting) {
    return setting.functions() >= 2 * (GONE + CREATED);
  }

  /** Goes on for so long, and ends with all resources present, not yet ready. */
  void run(Duration time, int timeout) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(time);
    Instant restart = Instant.now().plus(BETWEEN_RESTARTS);
    for (Instant next = Instant.now(); next.isBefore(end); next = next.plusSeconds(1)) {
      second();
      if (Instant.now().isAfter(restart)) {
        restart();
        restart = Instant.now().plus(BETWEEN_RESTARTS);
        next = Instant.now();
      }
      Duration left = Duration.between(Instant.now(), next.plusSeconds(1));
      if (left.isPositive()) {
        fleet.operator().live(left);
      }
    }
    create(absent.size(), timeout);
    fleet.patch(present, timeout);
  }

  private void second() throws IOException, InterruptedException {
    Collections.shuffle(present, random);
    List<String> gone = List.copyOf(present.subList(0, DELETED));
    fleet.client().delete(gone);
    present.removeAll(gone);
    absent.addAll(gone);
    create(Math.min(CREATED, Math.max(0, absent.size() - GONE)), 1 + random.nextInt(800));
    Collections.shuffle(present, random);
    fleet.patch(present.subList(0, EDITED), 1 + random.nextInt(800));
    edited += EDITED;
    for (String name : present.subList(EDITED, EDITED + DRIFTED)) {
      fleet.aws().change(fleet.function(name), "{\"Timeout\": " + (1 + random.nextInt(800)) + "}");
      drifted++;
    }
  }

  private void create(int count, int timeout) {
    List<String> names = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      names.add(absent.remove());
    }
    fleet.client().create(names, name -> fleet.manifest(name, timeout));
    present.addAll(names);
    created += count;
  }

  private void restart() throws IOException, InterruptedException {
    if (restarts++ % 2 == 0 && fleet.hasOwnApiServer()) {
      fleet.restartApiServer(OUTAGE);
    } else {
      endpoint.close();
      fleet.operator().live(OUTAGE);
      endpoint.open();
    }
  }

  /** One line for people. */
  String text() {
    return "%,d created, %,d edits, %,d drifts, %d restarts"
        .formatted(created, edited, drifted, restarts);
  }
}
