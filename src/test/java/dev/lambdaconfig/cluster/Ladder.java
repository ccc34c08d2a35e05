package dev.lambdaconfig.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The ways to come by a server, the cheapest and most explicit first. */
record Ladder(List<Rung> rungs) {

  Ladder {
    rungs = List.copyOf(rungs);
  }

  static Ladder on(Surroundings surroundings, Consumer<String> progress) {
    var module = PinnedModule.onClassPath();
    var cache = new BinaryCache(surroundings.cacheFolder(), surroundings.platform(), progress);
    return new Ladder(
        List.of(
            new GivenCluster(surroundings),
            new GivenBinaries(surroundings),
            new CachedBinaries(surroundings, module.kubernetes()),
            new DockerEngine(surroundings),
            new EnvtestDownload(surroundings, cache, module.kubernetes(), progress),
            new GoBuild(surroundings, cache, module, progress)));
  }

  /** A start failed in a way that another rung may make good. */
  static final class NextRungPlease extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    NextRungPlease(String reason, Throwable cause) {
      super(reason, cause);
      this.reason = reason;
    }
  }

  /** Takes the first rung that holds and that {@code use} does not send back. */
  <T> Climb<T> climb(Speed patience, Function<Source, T> use) {
    var misses = new ArrayList<Miss>();
    for (var rung : rungs) {
      if (rung.speed().compareTo(patience) > 0) {
        misses.add(new Miss(rung, "not tried: it can take minutes"));
        continue;
      }
      switch (rung.attempt()) {
        case Step.Missing(var reason) -> misses.add(new Miss(rung, reason));
        case Step.Misconfigured(var reason) -> {
          misses.add(new Miss(rung, reason + "; nothing further was tried"));
          return new Climb<>(Optional.empty(), misses);
        }
        case Step.Found(var source) -> {
          try {
            return new Climb<>(Optional.of(use.apply(source)), misses);
          } catch (NextRungPlease e) {
            misses.add(new Miss(rung, e.reason));
          }
        }
      }
    }
    return new Climb<>(Optional.empty(), misses);
  }

  record Miss(Rung rung, String reason) {}

  record Climb<T>(Optional<T> found, List<Miss> misses) {

    Climb {
      misses = List.copyOf(misses);
    }

    /** Every rung tried and why it did not hold, then what would help. */
    String explanation() {
      var text = new StringBuilder("Tried, in this order:");
      for (int i = 0; i < misses.size(); i++) {
        var miss = misses.get(i);
        text.append("\n  %d. %s: %s".formatted(i + 1, miss.rung().name(), miss.reason()));
      }
      text.append("\nAny one of these helps:");
      for (var miss : misses) {
        text.append("\n  - ").append(miss.rung().remedy());
      }
      return text.toString();
    }
  }
}
