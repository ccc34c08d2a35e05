package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.manifest.DeclaredFunction;
import dev.lambdaconfig.cli.export.manifest.EnvironmentValues;
import dev.lambdaconfig.cli.export.manifest.ManifestFactory;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.model.ObservedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a source hands over: manifests by the names of their resources, and messages. */
final class Received implements FunctionReceiver {

  private final ManifestFactory factory;
  final Map<String, String> manifests = new TreeMap<>();
  final List<String> leftOut = new ArrayList<>();
  final List<String> skipped = new ArrayList<>();
  final List<String> failed = new ArrayList<>();

  private Received(EnvironmentValues values) {
    factory = new ManifestFactory(values, null, false);
  }

  static Received of(FunctionSource source, EnvironmentValues values) throws ExportException {
    Received received = new Received(values);
    source.read(received);
    return received;
  }

  /** The lines of the spec of a manifest, and of its comments. */
  String manifest(String name) {
    return String.valueOf(manifests.get(name));
  }

  @Override
  public boolean needs(String name, String region) {
    return true;
  }

  @Override
  public void received(DeclaredFunction declared, @Nullable ObservedFunction function) {
    var manifest = factory.of(declared, function);
    manifests.put(manifest.name(), manifest.text());
  }

  @Override
  public void skipped(String message) {
    skipped.add(message);
  }

  @Override
  public void leftOut(String message) {
    leftOut.add(message);
  }

  @Override
  public void failed(String message) {
    failed.add(message);
  }

  @Override
  public void progress(String message) {}
}
