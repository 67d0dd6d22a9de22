# Completes a line in a terminal: complete.zsh FOLDER LINE. Prints what the line became.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; PS1='READY> '; unsetopt beep; bindkey '^X' end-line; zle -N end-line; end-line() { print -r -- \"<\$BUFFER>\"; zle .kill-whole-line }"
zpty -r -m shell seen '*READY> *READY> *' || zpty -r -m shell seen '*READY> *'
zpty -w -n shell "$2"$'\t\x18'
zpty -r -m shell seen '*<rlm *>*'
print -r -- "${${seen##*<}%%>*}"
zpty -d shell
