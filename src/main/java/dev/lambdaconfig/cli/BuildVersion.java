package dev.lambdaconfig.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "lambda-config-operator " + text() + " on Java " + Runtime.version().feature()
    };
  }

  static String text() {
    return Objects.requireNonNullElse(
        BuildVersion.class.getPackage().getImplementationVersion(), "(not packaged)");
  }
}
