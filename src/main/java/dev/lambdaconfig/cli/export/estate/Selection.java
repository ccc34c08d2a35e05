package dev.lambdaconfig.cli.export.estate;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.ObservedFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The functions to export. A list that is empty selects all.
 *
 * @param regions the Regions that are listed
 * @param prefixes the beginnings of names
 * @param runtimes the identifiers of runtimes
 * @param tags the tags that a function must have, all of them
 * @param account the only account that functions may be of, or null
 */
public record Selection(
    List<String> regions,
    List<String> prefixes,
    Set<String> runtimes,
    Map<String, String> tags,
    @Nullable String account) {

  /** Creates it with copies of the collections. */
  public Selection {
    regions = List.copyOf(regions);
    prefixes = List.copyOf(prefixes);
    runtimes = Set.copyOf(runtimes);
    tags = Map.copyOf(tags);
  }

  /** Whether functions of several Regions are selected. */
  boolean isOfSeveralRegions() {
    return regions.size() > 1;
  }

  /** Whether a function is selected, but for its tags. */
  boolean selects(ObservedFunction function) {
    String name = Objects.requireNonNullElse(function.name(), "");
    String runtime = function.configuration().textAt("Runtime");
    return (prefixes.isEmpty() || prefixes.stream().anyMatch(name::startsWith))
        && (runtimes.isEmpty() || (runtime != null && runtimes.contains(runtime)));
  }

  /** The account of a function that is another one than the only one allowed, or null. */
  @Nullable String otherAccount(ObservedFunction function) {
    String found = FunctionReference.accountIn(function.arn());
    return account == null || account.equals(found)
        ? null
        : Objects.requireNonNullElse(found, "unknown");
  }
}
