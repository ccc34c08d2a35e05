package dev.lambdaconfig.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The compiled classes of the operator, without those of its tests. */
final class MainClasses {

  /** The package that all others are below of, with its dot. */
  static final String BASE = "dev.lambdaconfig.";

  static final JavaClasses ALL = read();

  private MainClasses() {}

  static void check(ArchRule rule) {
    // A rule that finds no class to look at proves nothing.
    rule.allowEmptyShould(false).check(ALL);
  }

  private static JavaClasses read() {
    try {
      Path folder =
          Path.of(
              LambdaFunctionConfig.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .toURI());
      // Not the folder itself, which has the variants for newer versions of Java as well.
      return new ClassFileImporter().importPath(folder.resolve("dev/lambdaconfig"));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
