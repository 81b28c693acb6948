// Takes the place of @vscode/native-watchdog, whose native part is not built. It ends an extension
// host whose server has died; here the whole process group is ended instead.
'use strict';
exports.start = () => {};
exports.exit = (code) => {
  process.exit(code ?? 0);
};
