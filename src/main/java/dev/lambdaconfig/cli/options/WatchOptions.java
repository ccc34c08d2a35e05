package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.cli.format.NamespaceNames;
import dev.lambdaconfig.model.source.WatchScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for which resources the operator watches: all, or a shard of them. */
final class WatchOptions {

  @Option(
      names = "--namespaces",
      paramLabel = "NAMESPACE",
      split = ",",
      description = "The namespaces to watch, separated by commas. Default: all.")
  private @Nullable Set<String> namespaces;

  @Option(
      names = "--selector",
      paramLabel = "SELECTOR",
      description =
          "A label selector: the operator handles only the resources that it selects, for a fleet"
              + " that is divided among several operators. Default: all.")
  private @Nullable String selector;

  @Option(
      names = "--value-watch",
      paramLabel = "cluster|namespace|name|none",
      converter = WatchScopeConverter.class,
      description =
          "How changes of Secrets and ConfigMaps behind environment values are noticed, which needs"
              + " the rights to get, list and watch them: by a watch of their metadata in the whole"
              + " cluster, in each namespace or by each name that resources refer to (200 watches"
              + " at most), or by none, so that values are read with each reconcile only. Default:"
              + " cluster, or namespace with --namespaces.")
  private @Nullable WatchScope valueWatch;

  WatchOptions() {}

  WatchOptions(Set<String> namespaces, @Nullable String selector) {
    this.namespaces = namespaces;
    this.selector = selector;
  }

  Set<String> namespaces() {
    return namespaces == null ? Set.of() : new TreeSet<>(namespaces);
  }

  @Nullable String selector() {
    return selector == null || selector.isBlank() ? null : selector.strip();
  }

  WatchScope valueWatch() {
    if (valueWatch != null) {
      return valueWatch;
    }
    return namespaces().isEmpty() ? WatchScope.CLUSTER : WatchScope.NAMESPACE;
  }

  List<String> problems() {
    List<String> problems = new ArrayList<>();
    namespaces().stream()
        .map(namespace -> NamespaceNames.problem("--namespaces", namespace))
        .filter(Objects::nonNull)
        .forEach(problems::add);
    String wanted = selector();
    if (wanted != null && !SelectorSyntax.isValid(wanted)) {
      problems.add(
          "--selector: '"
              + wanted
              + "' is not a label selector: write shard=a, shard!=a, shard in (a,b), shard notin"
              + " (a,b), shard or !shard, several of them separated by commas");
    }
    return problems;
  }
}
