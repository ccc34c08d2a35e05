package dev.lambdaconfig.build.image.debian;

/**
 * A package, pinned.
 *
 * @param architecture the image that it is for
 * @param purpose what the build does with it
 * @param archive the part of the mirror, such as {@code debian-security}
 * @param path its path below that
 * @param sha256 in hexadecimal digits
 */
public record LockedPackage(
    String architecture,
    Purpose purpose,
    String name,
    String version,
    String archive,
    String path,
    String sha256) {

  /** What the build does with a package. */
  public enum Purpose {
    /** In each image. */
    BASE,
    /** In an image whose JVM is linked from the modules below: the libraries that it needs. */
    RUNTIME,
    /** Has the modules from which the JVM of an architecture is linked that is not the build's. */
    JMODS
  }

  @Override
  public String toString() {
    return name + " " + version + " for " + architecture;
  }
}
