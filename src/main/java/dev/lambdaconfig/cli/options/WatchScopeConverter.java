package dev.lambdaconfig.cli.options;

import dev.lambdaconfig.model.source.WatchScope;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how changes of Secrets and ConfigMaps are noticed. */
public final class WatchScopeConverter implements ITypeConverter<WatchScope> {

  @Override
  public WatchScope convert(String text) {
    for (WatchScope scope : WatchScope.values()) {
      if (scope.toString().equals(text)) {
        return scope;
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no way of watching: write cluster, namespace, name or none");
  }
}
