package dev.lambdaconfig.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Provides binaries that an earlier run, or io.fabric8:kube-api-test, left in the user's home. */
record CachedBinaries(HostEnvironment host, Release wanted) implements ServerProvider {

  @Override
  public String name() {
    return "cached binaries";
  }

  @Override
  public Speed speed() {
    return Speed.SECONDS_ONLY;
  }

  @Override
  public String remedy() {
    return "run the integration tests once where a later way works: it fills the cache";
  }

  @Override
  public ProviderResult attempt() {
    var own = host.cacheFolder();
    var foreign = host.home().resolve(".kubeapitest").resolve("k8s");
    var candidates = new ArrayList<Candidate>();
    candidates.addAll(candidates(own));
    candidates.addAll(candidates(foreign));
    return candidates.stream()
        .max(Comparator.comparing(Candidate::release, Release.closestTo(wanted)))
        .<ProviderResult>map(
            best ->
                new ProviderResult.Found(
                    new Source.Binaries(best.folder(), "cached binaries at " + best.folder())))
        .orElseGet(
            () ->
                new ProviderResult.Missing(
                    "none for "
                        + host.platform()
                        + " from "
                        + Release.OLDEST_USABLE
                        + " on in "
                        + own
                        + " or "
                        + foreign));
  }

  private List<Candidate> candidates(Path cache) {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (var folders = Files.list(cache)) {
      return folders.map(this::candidate).flatMap(Optional::stream).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Candidate> candidate(Path folder) {
    var suffix = "-" + host.platform();
    var name = folder.getFileName().toString();
    if (!name.endsWith(suffix) || BinaryFolder.lacks(folder).isPresent()) {
      return Optional.empty();
    }
    return Release.parse(name.substring(0, name.length() - suffix.length()))
        .filter(release -> release.compareTo(Release.OLDEST_USABLE) >= 0)
        .map(release -> new Candidate(release, folder));
  }

  private record Candidate(Release release, Path folder) {}
}
