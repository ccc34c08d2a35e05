package dev.lambdaconfig.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What happens to a fleet while its dashboard is recorded, one after another. */
final class DashboardStory {

  /** The timeout of all functions and resources at first, in seconds. */
  static final int DECLARED = 30;

  private static final int CHANGED = 31;
  private static final int DRIFTED = 7;
  private static final Duration QUIET = Duration.ofSeconds(40);
  private static final Duration OUTAGE = Duration.ofSeconds(45);

  /** The time for which others call, and their calls a second in the operator's own Region. */
  private static final Duration OTHERS = Duration.ofSeconds(80);

  private static final int OTHERS_PER_SECOND = 10;

  /** The updates that AWS refuses, and the resources that are then left as they are. */
  private static final int REFUSALS = 12;

  private static final int STAYING = 3;

  private final Fleet fleet;
  private final EndpointGate endpoint;
  private final Consumer<String> teller;
  private final List<String> names;

  DashboardStory(Fleet fleet, EndpointGate endpoint, Consumer<String> teller) {
    this.fleet = fleet;
    this.endpoint = endpoint;
    this.teller = teller;
    this.names = fleet.names();
  }

  /** Goes through all of it: about ten minutes. */
  void run() throws IOException, InterruptedException {
    teller.accept("resources are created, in sync");
    Goal ready = fleet.client().watch().goal(names, Seen::isReady);
    fleet.client().create(names, name -> fleet.manifest(name, DECLARED));
    fleet.await(ready);
    quiet();
    teller.accept("one field of all is changed");
    changeAndAwait(names, CHANGED);
    quiet();
    teller.accept("functions drift");
    for (String name : every(37)) {
      drift(name);
    }
    quiet();
    quiet();
    teller.accept("others use the quota while resources are changed");
    fleet.patch(every(5), CHANGED + 1);
    callAsOthers();
    quiet();
    teller.accept("AWS refuses some updates; most of the resources are changed again");
    failingChange();
    teller.accept("the endpoint does not answer");
    endpoint.close();
    fleet.operator().live(OUTAGE);
    endpoint.open();
    quiet();
    teller.accept("some stay stalled, suspended, or observed with a drift");
    leaveSomeBehind();
    quiet();
    quiet();
  }

  private void quiet() throws InterruptedException {
    fleet.operator().live(QUIET);
  }

  /** One of so many resources. */
  private List<String> every(int step) {
    return Stream.iterate(0, index -> index < names.size(), index -> index + step)
        .map(names::get)
        .toList();
  }

  private void changeAndAwait(List<String> some, int timeout) throws InterruptedException {
    Goal ready = fleet.readyForMore(some);
    fleet.patch(some, timeout);
    fleet.await(ready);
  }

  private void drift(String name) throws IOException, InterruptedException {
    fleet.aws().change(fleet.function(name), "{\"Timeout\": " + DRIFTED + "}");
  }

  /** Reads of other callers, from the same quota and past the operator's endpoint. */
  private void callAsOthers() throws InterruptedException {
    URI uri =
        fleet
            .aws()
            .endpoint()
            .resolve("/2015-03-31/functions/" + names.getFirst() + "/configuration");
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (long second = 0; second < OTHERS.toSeconds(); second++) {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int call = 0; call < OTHERS_PER_SECOND; call++) {
          calls.add(http.sendAsync(request, BodyHandlers.discarding()));
        }
        fleet.operator().live(Duration.ofSeconds(1));
        calls.forEach(CompletableFuture::join);
      }
    }
  }

  /** AWS refuses some updates, as many as it takes until the operator pauses the others. */
  private void failingChange() throws IOException, InterruptedException {
    List<String> changed = every(11);
    fleet.aws().refuseUpdates(REFUSALS);
    fleet.patch(changed, CHANGED + 2);
    quiet();
    quiet();
    fleet.patch(changed.subList(STAYING, changed.size()), CHANGED + 3);
    quiet();
    quiet();
  }

  private void leaveSomeBehind() throws IOException, InterruptedException {
    List<String> missing =
        Stream.of(1, 2).map(more -> "function-%05d".formatted(names.size() + more)).toList();
    fleet.client().create(missing, name -> fleet.manifest(name, DECLARED));
    fleet.client().patch(names.subList(1, 3), "{\"spec\": {\"suspend\": true}}");
    List<String> observed = names.subList(5, 9);
    fleet.client().patch(observed, "{\"spec\": {\"mode\": \"Observe\"}}");
    for (String name : observed) {
      drift(name);
    }
  }
}
