// Starts `rlm lsp`, which knows the language.
const { workspace } = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

async function restart() {
  await client?.dispose();
  const settings = workspace.getConfiguration('rlm');
  const server = {
    command: settings.get('path'),
    args: ['lsp', ...settings.get('arguments')],
    options: { cwd: workspace.workspaceFolders?.[0]?.uri.fsPath },
  };
  client = new LanguageClient('rlm', 'Rlm', server, { documentSelector: [{ language: 'rlm' }] });
  await client.start();
}

exports.activate = async context => {
  context.subscriptions.push(workspace.onDidChangeConfiguration(change => change.affectsConfiguration('rlm') && restart()));
  await restart();
};

exports.deactivate = () => client?.dispose();
