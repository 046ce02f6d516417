#!/bin/sh
# Users of least privilege. Run it on a broker node; it may be run again, and then sets password and rights anew.
#
#   permissions.sh bridge VHOST USER                     the bridge itself
#   permissions.sh team   VHOST USER TEAM CORP[,CORP]    a CRM team: reads its queues crm.TEAM.*, sends commands for its corps
#   permissions.sh log    VHOST USER TEAM CORP[,CORP]    the same, and may read the replay log wecom.log
#
# The password is read from standard input, one line. RABBITMQCTL names another rabbitmqctl.
set -eu
ctl=${RABBITMQCTL:-rabbitmqctl}
usage() { sed -n '4,8s/^# \{0,1\}//p' "$0" >&2; exit 1; }

[ $# -ge 3 ] || usage
kind=$1 vhost=$2 user=$3
case $kind in
  bridge) [ $# -eq 3 ] || usage ;;
  team|log) [ $# -eq 5 ] || usage; team=$4 corps=$5 ;;
  *) usage ;;
esac
# They become part of patterns: nothing that a pattern could take for more than itself.
case ${team-team} in ''|*[!a-z0-9_-]*) echo "TEAM is made of a-z, 0-9, _ and -." >&2; exit 1 ;; esac
case ${corps-corp} in ''|*[!a-z0-9_,-]*|,*|*,|*,,*) echo "CORP is made of a-z, 0-9, _ and -; several are separated by commas." >&2; exit 1 ;; esac
IFS= read -r password || [ -n "$password" ]
[ ${#password} -ge 16 ] || { echo "The password must have at least 16 characters." >&2; exit 1; }

"$ctl" -q add_vhost "$vhost" 2>/dev/null || true
if printf '%s\n' "$password" | "$ctl" -q add_user "$user" >/dev/null 2>&1; then :; else printf '%s\n' "$password" | "$ctl" -q change_password "$user"; fi

if [ "$kind" = bridge ]; then
  # Declares and works wecom.*, declares subscribers' queues crm.* and publishes to both; amq.default is the default exchange, which leads to queues by name.
  "$ctl" -q set_permissions -p "$vhost" "$user" '^(wecom|crm)\.' '^((wecom|crm)\.|amq\.default$)' '^(wecom|crm)\.'
else
  # Declares nothing. Reads its own queues and their dead letters. Writes to the exchange for commands only, and there only commands of its corps.
  read='^crm\.'$team'\.'
  [ "$kind" = team ] || read='^(crm\.'$team'\.|wecom\.log$)'
  "$ctl" -q set_permissions -p "$vhost" "$user" '^$' '^wecom\.commands$' "$read"
  "$ctl" -q set_topic_permissions -p "$vhost" "$user" wecom.commands "^v1\\.($(printf %s "$corps" | tr , '|'))\\.(tags\\.apply|profile\\.refresh)(\\.|\$)" '^$'
fi
