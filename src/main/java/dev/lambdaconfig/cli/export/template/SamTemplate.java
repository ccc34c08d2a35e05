package dev.lambdaconfig.cli.export.template;

import dev.lambdaconfig.cli.export.manifest.FieldSelection;
import dev.lambdaconfig.cli.export.source.ExportException;
import dev.lambdaconfig.cli.export.source.FunctionReceiver;
import dev.lambdaconfig.cli.export.source.FunctionSource;
import dev.lambdaconfig.cli.export.template.value.Template;
import dev.lambdaconfig.cli.export.template.value.TemplateException;
import dev.lambdaconfig.cli.export.template.value.TemplateParameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The functions of a template of SAM or CloudFormation. */
public final class SamTemplate implements FunctionSource {

  private static final int LONGEST = 5_000_000;
  private static final int MOST_ALIASES = 50;

  private final TemplateFile file;
  private final FieldSelection fields;
  private final TemplateParameters parameters;

  /** Reads nothing yet. */
  public SamTemplate(TemplateFile file, FieldSelection fields, TemplateParameters parameters) {
    this.file = file;
    this.fields = fields;
    this.parameters = parameters;
  }

  /** A template is deployed to one Region at a time. */
  @Override
  public boolean isOfSeveralRegions() {
    return false;
  }

  @Override
  public void read(FunctionReceiver receiver) throws ExportException {
    try {
      Template template = Template.of(root(), parameters);
      SamResources resources = new SamResources(file.toString(), template, fields, receiver);
      TemplateParameters.StackRegion region = parameters.region();
      resources.read(region == null ? null : region.id());
    } catch (TemplateException e) {
      throw new ExportException(
          file + ": " + String.valueOf(e.getMessage()).replace("\n", "\n" + file + ": "), e);
    } catch (StackOverflowError e) {
      throw new ExportException(file + " is nested too deeply", e);
    }
  }

  private Node root() throws ExportException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(LONGEST)
            .build();
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(file.bytes(LONGEST)))
              .toString();
      return new Compose(settings)
          .composeString(text.replace("\ufeff", ""))
          .orElseThrow(() -> new ExportException(file + " is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ExportException(
          "%s:%d is no YAML: %s"
              .formatted(file, line, Objects.requireNonNullElse(e.getProblem(), "")),
          e);
    } catch (YamlEngineException e) {
      throw new ExportException(file + " is no YAML of a single document within the limits", e);
    } catch (CharacterCodingException e) {
      throw new ExportException(file + " is no text in UTF-8", e);
    }
  }
}
