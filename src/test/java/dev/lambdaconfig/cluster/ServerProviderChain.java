package dev.lambdaconfig.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The providers of an API server in their order: the cheapest and most explicit first. */
record ServerProviderChain(List<ServerProvider> providers) {

  ServerProviderChain {
    providers = List.copyOf(providers);
  }

  static ServerProviderChain on(HostEnvironment host, Consumer<String> progress) {
    var module = PinnedModule.onClassPath();
    var cache = new BinaryCache(host.cacheFolder(), host.platform(), progress);
    return new ServerProviderChain(
        List.of(
            new GivenCluster(host),
            new GivenBinaries(host),
            new CachedBinaries(host, module.kubernetes()),
            new DockerEngine(host),
            new EnvtestDownload(host, cache, module.kubernetes(), progress),
            new GoBuild(host, cache, module, progress)));
  }

  /** Reports a start that failed for a reason which another provider may not share. */
  static final class TryNextProvider extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    TryNextProvider(String reason, Throwable cause) {
      super(reason, cause);
      this.reason = reason;
    }
  }

  /** Uses the first provider that has a server and whose server {@code use} accepts. */
  <T> Resolution<T> resolve(Speed patience, Function<Source, T> use) {
    var failures = new ArrayList<Failure>();
    for (var provider : providers) {
      if (provider.speed().compareTo(patience) > 0) {
        failures.add(new Failure(provider, "not tried: it can take minutes"));
        continue;
      }
      switch (provider.attempt()) {
        case ProviderResult.Missing(var reason) -> failures.add(new Failure(provider, reason));
        case ProviderResult.Misconfigured(var reason) -> {
          failures.add(new Failure(provider, reason + "; nothing further was tried"));
          return new Resolution<>(Optional.empty(), failures);
        }
        case ProviderResult.Found(var source) -> {
          try {
            return new Resolution<>(Optional.of(use.apply(source)), failures);
          } catch (TryNextProvider e) {
            failures.add(new Failure(provider, e.reason));
          }
        }
      }
    }
    return new Resolution<>(Optional.empty(), failures);
  }

  record Failure(ServerProvider provider, String reason) {}

  record Resolution<T>(Optional<T> found, List<Failure> failures) {

    Resolution {
      failures = List.copyOf(failures);
    }

    /** Lists why each provider failed, and then what would help. */
    String explanation() {
      var text = new StringBuilder("Tried, in this order:");
      for (int i = 0; i < failures.size(); i++) {
        var failure = failures.get(i);
        text.append("\n  %d. %s: %s".formatted(i + 1, failure.provider().name(), failure.reason()));
      }
      text.append("\nAny one of these helps:");
      for (var failure : failures) {
        text.append("\n  - ").append(failure.provider().remedy());
      }
      return text.toString();
    }
  }
}
